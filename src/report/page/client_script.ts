/**
 * The script of the page, bundled from client/main.ts. Do not edit: it is written by
 * FFI_BENCH_UPDATE_GOLDEN=1 and test/golden/page_test.ts, which also finds it out of date.
 */
export const clientScript: string = String.raw`
"use strict";(()=>{function unpackedText(page,id){let packed=atob(
page.querySelector("#".concat(id)).textContent??
""),bytes=Uint8Array.from(packed,character=>character.
charCodeAt(0)),stream=new Blob([bytes]).
stream().pipeThrough(new DecompressionStream(
"gzip"));return new Response(stream).text()}
var policy=null;function rowsPolicy(){let{
trustedTypes}=globalThis,rules={createHTML:html=>html};
return policy??=trustedTypes?.createPolicy(
"rows",rules)??rules}function elementsOf(page,text,inTable){
let template=page.createElement("templat\
e");template.innerHTML=rowsPolicy().createHTML(
inTable?"<table>".concat(text,"</table>"):
text);let parts=page.createDocumentFragment(),
{content}=template;return parts.append(...(inTable?
content.firstElementChild:content).children),
parts}async function unpackInto(page,id){
let packed=page.querySelector("#".concat(
id,"-rest")),target=page.querySelector("\
#".concat(id));if(!packed||!target)return;
let text=await unpackedText(page,packed.
id);packed.isConnected&&(target.append(elementsOf(
page,text,target.tagName==="TABLE")),packed.
remove(),page.querySelector("[data-more=".
concat(id,"]"))?.parentElement?.remove())}
function startParts(page){for(let button of page.
querySelectorAll("[data-more]"))button.addEventListener(
"click",()=>{unpackInto(page,button.dataset.
more)})}var everyRuntime="0";function startPicker(page){
let form=page.querySelector("#picker");if(!form)
return;let[job,size,on]=["job","size","o\
n"].map(name=>form.querySelector("#pick-".
concat(name))),read=()=>[...page.querySelectorAll(
"#picked article")],articles=read(),isOf=(article,name,select)=>article.
dataset[name]===select.value||name==="on"&&
select.value===everyRuntime,offer=(select,name,fitting)=>{
for(let option of select.options){let isThere=name===
"on"&&option.value===everyRuntime||fitting.
some(article=>article.dataset[name]===option.
value);option.hidden=option.disabled=!isThere}
select.selectedOptions[0]?.disabled&&(select.
value=[...select.options].find(option=>!option.
disabled)?.value??"")},show=()=>{let isWhole=page.
querySelector("#picked-rest")===null,ofJob=articles.
filter(article=>isOf(article,"job",job));
isWhole&&offer(size,"size",ofJob);let ofSize=ofJob.
filter(article=>isOf(article,"size",size));
isWhole&&offer(on,"on",ofSize);for(let article of articles)
article.hidden=!ofSize.includes(article)||
!isOf(article,"on",on)},complete=async()=>{
await unpackInto(page,"picked"),articles=
read(),show()};form.addEventListener("in\
put",()=>{complete()}),form.addEventListener(
"submit",event=>event.preventDefault()),
addEventListener("pageshow",()=>setTimeout(
complete)),show()}function startMarks(table){let marks=[...table.
querySelectorAll(".q")];for(let[index,mark]of marks.
entries())mark.tabIndex=index===0?0:-1;table.
onkeydown=event=>{let step={ArrowDown:1,
ArrowRight:1,ArrowUp:-1,ArrowLeft:-1}[event.
key],place=marks.indexOf(event.target);if(step===
void 0||place<0)return;event.preventDefault();
let shown=marks.filter(mark=>mark.offsetParent!==
null),next=shown[shown.indexOf(marks[place])+
step];next&&(marks[place].tabIndex=-1,next.
tabIndex=0,next.focus())}}var keys=["family","runtime","mechanism",
"cost","spread","sustained","ratio","slo\
w"],chunk=40;function startTable(page){let table=page.
querySelector("#cases"),form=page.querySelector(
"#filters"),data=page.querySelector("#li\
nes");if(!table||!form||!data)return;let buttons=[
...table.querySelectorAll("th button")],
shown=page.querySelector("#shown"),more=page.
querySelector("#more"),lines=JSON.parse(
data.textContent??"[]"),bodies=[],rows=[],
words=null,read=()=>{bodies=[...table.tBodies].
map(body=>({body,rows:[...body.rows]})),
rows=bodies.flatMap(own=>own.rows),words=
null},complete=async()=>{if(!more||more.
disabled)return;more.disabled=!0;let text=await unpackedText(
page,"rest"),end=text.indexOf("\n");lines.
push(...JSON.parse(text.slice(0,end))),table.
append(elementsOf(page,text.slice(end+1),
!0)),more.remove(),read(),startMarks(table)},
filter=()=>{let wanted=readFilters(form),
count=0;words??=rows.map(row=>(row.cells[0]?.
textContent??"").toLowerCase());for(let[
index,row]of rows.entries())row.hidden=!isWanted(
lines[index],words[index],wanted),row.hidden||
count++;for(let body of table.tBodies){let open=[
...body.rows].filter(row=>!row.hidden);body.
hidden=open.length===0;for(let row of open)
row.classList.toggle("first",row===open[0])}
table.classList.toggle("filtered",count<
rows.length||table.tBodies[0]?.className===
"flat"),shown&&(shown.textContent=count===
lines.length?"".concat(lines.length," ca\
ses"):"".concat(count," of ").concat(lines.
length," cases"))},sort=(key,descending)=>{
let bodiesNow=key==="place"?restored(bodies,
descending):sorted(page,rows,lines,keys.
indexOf(key),descending);for(let body of[
...table.tBodies])body.remove();table.append(
...bodiesNow);for(let button of buttons){
let heading=button.closest("th");button.
dataset.key!==key?heading.removeAttribute(
"aria-sort"):heading.setAttribute("aria-\
sort",descending?"descending":"ascending")}
filter()};for(let button of buttons)button.
addEventListener("click",()=>{let isAscending=button.
closest("th").getAttribute("aria-sort")===
"ascending",act=()=>sort(button.dataset.
key??"place",isAscending);more?.isConnected?
complete().then(act):act()});let filterAll=()=>{
more?.isConnected?complete().then(filter):
filter()};more?.addEventListener("click",
filterAll),form.addEventListener("input",
filterAll),form.addEventListener("submit",
event=>event.preventDefault()),form.addEventListener(
"reset",()=>setTimeout(filterAll)),addEventListener(
"pageshow",()=>{isEmpty(readFilters(form))||
filterAll()}),read(),startMarks(table)}function readFilters(form){
let checked=name=>[...form.querySelectorAll(
"input[name=".concat(name,"]:checked"))].
map(input=>input.value);return{find:form.
querySelector("#find").value.toLowerCase().
split(/\s+/),family:form.querySelector("\
#family").value,runtimes:checked("runtim\
e"),mechanisms:checked("mechanism"),measured:form.
querySelector("#measured").checked}}function isEmpty({
find,family,runtimes,mechanisms,measured}){
return find.join("")===""&&family===""&&
runtimes.length+mechanisms.length===0&&!measured}
function isWanted(line,words,wanted){let[
family,runtime,mechanism,cost]=line;return(wanted.
family===""||Number(wanted.family)===family)&&
(wanted.runtimes.length===0||wanted.runtimes.
includes(String(runtime)))&&(wanted.mechanisms.
length===0||wanted.mechanisms.includes(String(
mechanism)))&&(!wanted.measured||cost!==
null)&&wanted.find.every(word=>words.includes(
word))}function restored(bodies,descending){
return(descending?bodies.toReversed():bodies).
map(({body,rows})=>(body.replaceChildren(
...rows),body))}function sorted(page,rows,lines,key,descending){
let sign=descending?-1:1,order=rows.map(
(_,index)=>index).sort((a,b)=>{let[left,
right]=[lines[a][key]??null,lines[b][key]??
null];return left===null||right===null?+(left===
null)-+(right===null):(left-right)*sign||
a-b}),bodies=[];for(let start=0;start<order.
length;start+=chunk){let body=page.createElement(
"tbody");body.className="flat",body.append(
...order.slice(start,start+chunk).map(index=>rows[index])),
bodies.push(body)}return bodies}function unpack({rest,lists}){for(let list of lists)
put(rest,list.path,records(list));return rest}
function records({columns,shapes,shapeOf}){
let next=columns.map(()=>0);return shapeOf.
map(shape=>{let record={};for(let index of shapes[shape]){
let{path,values}=columns[index];put(record,
path,unpackSeries(values[next[index]++]))}
return record})}function put(record,path,value){
let target=record;for(let name of path.slice(
0,-1))target=target[name]??={};target[path.
at(-1)]=value}function unpackSeries(value){
if(!Array.isArray(value))return value;let[
decimals,...series]=value;if(decimals===
-1)return series;let scale=10**decimals,
sum=0;return series.map(difference=>(sum+=
difference)/scale)}function documentText(value){
return"".concat(written(value,2,""),"\n")}
function written(value,depth,indent){let inner="".
concat(indent,"  ");if(Array.isArray(value)&&
value.length>0&&depth<2)return"[".concat(
value.map(item=>"\n".concat(inner).concat(
JSON.stringify(item))).join(","),"\n").concat(
indent,"]");if(depth===0||typeof value!=
"object"||value===null||Array.isArray(value))
return JSON.stringify(value);let fields=Object.
entries(value).map(([name,field])=>"\n".
concat(inner).concat(JSON.stringify(name),
": ").concat(written(field,depth-1,inner)));
return"{".concat(fields.length>0?fields.
join(","):"\n","\n").concat(indent,"}")}startPicker(document);startTable(document);
startParts(document);performance.mark("u\
sable");var copyButton=document.querySelector(
"#copy");copyButton?.addEventListener("c\
lick",async()=>{let command=document.querySelector(
"#command"),said=document.querySelector(
"#copied");try{await navigator.clipboard.
writeText(command.textContent??""),said.
textContent="Copied."}catch{getSelection()?.
selectAllChildren(command),said.textContent=
"Selected: press Ctrl+C or \u2318C."}});
var downloadButton=document.querySelector(
"#download");downloadButton?.addEventListener(
"click",async()=>{let said=document.querySelector(
"#downloaded");downloadButton.disabled=!0;
try{let link=document.createElement("a");
link.href=URL.createObjectURL(new Blob([
await embeddedText()],{type:"application\
/json"})),link.download=downloadButton.dataset.
name??"document.json",link.click(),setTimeout(
()=>URL.revokeObjectURL(link.href),6e4),
said.textContent="Handed to the browser."}catch(error){
said.textContent="This browser could not\
 unpack it: ".concat(error)}downloadButton.
disabled=!1});async function embeddedText(){
let packed=JSON.parse(await unpackedText(
document,"document"));return documentText(
unpack(packed))}})();
`;
