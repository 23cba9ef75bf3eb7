/**
 * The style of the page: system fonts, tabular figures, one ink and two signal colours, which are
 * never the only sign. Light and dark follow the reader's system.
 */
export const pageStyle = String.raw`
:root {
  color-scheme: light dark;
  --paper: #fdfdfb; --sheet: #fff; --ink: #1b1d20; --dim: #62666d; --line: #e2e2dc; --tint: #f3f3ee;
  --up: #0a5fa5; --down: #a8430a; --link: #0a5fa5;
  --c0: #0b6aa8; --c1: #b4530a; --c2: #4b7d1f; --c3: #8a3ea1; --c4: #a12747; --c5: #5b6470;
  --dot: #41464d; --bar: #5b92c2; --edge: #85888d; --plot-background: var(--paper);
  --serif: ui-serif, Charter, 'Bitstream Charter', 'Iowan Old Style', Georgia, serif;
  --mono: ui-monospace, 'SF Mono', 'Cascadia Mono', Menlo, Consolas, 'DejaVu Sans Mono', monospace;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #141518; --sheet: #191b1f; --ink: #e8e7e3; --dim: #9c9fa6; --line: #2e3136;
    --tint: #1f2126; --up: #7fc0fb; --down: #ffa36b; --link: #8cc4ff;
    --dot: #d9d8d3; --bar: #3f79ad; --edge: #7d8087;
    --c0: #6db7f2; --c1: #f2a25c; --c2: #9ccc65; --c3: #cf97e3; --c4: #f28ba6; --c5: #aab2bd;
  }
}
* { box-sizing: border-box; }
html { scroll-padding-top: 3.2rem; -webkit-text-size-adjust: 100%; }
body {
  margin: 0 auto; padding: 0 clamp(1rem, 4vw, 3rem) 5rem; max-width: 86rem;
  background: var(--paper); color: var(--ink);
  font: 15px/1.55 system-ui, -apple-system, 'Segoe UI', Roboto, 'Liberation Sans', sans-serif;
  font-variant-numeric: tabular-nums; overflow-wrap: anywhere;
}
h1, h2, h3 { font-family: var(--serif); font-weight: 600; line-height: 1.18; text-wrap: balance; }
h1 { font-size: clamp(1.45rem, 2.6vw, 2.1rem); letter-spacing: -.012em; margin: .3em 0 .5em; }
h1 { max-width: 46ch; }
h2 { font-size: 1.6rem; margin: 0 0 .7em; }
h3 { font-size: 1.08rem; margin: 0 0 .4em; }
#provenance h3 { margin-top: 1.6rem; }
p { max-width: 72ch; } ul { padding-left: 1.1em; } li { margin: .25em 0; }
a { color: var(--link); text-underline-offset: .15em; }
:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; border-radius: 3px; }
header { padding-top: 1.2rem; }
.first { display: grid; gap: 1rem 3rem; grid-template-columns: minmax(0, 1fr); }
.first section { padding-top: 0; }
@media (min-width: 68rem) { .first { grid-template-columns: minmax(0, 7fr) minmax(0, 6fr); } }
#picker { display: block; font: 600 1rem/2.1 var(--serif); color: var(--ink); }
#picker h2 { font-size: 1.15rem; margin: 0 0 .2rem; }
#picker select { font: 600 .92rem var(--serif); max-width: 100%; padding-inline: .3rem; }
#picker #pick-job { max-width: 17.5rem; } #picker #pick-size { max-width: 9.5rem; }
#picked { max-height: 42rem; overflow: auto; margin-top: .3rem; }
#picked h3, #called h3 { font-size: .95rem; margin: .6rem 0 .15rem; }
.bars { list-style: none; margin: 0; padding: 0; font-size: .86rem; line-height: 1.42; }
.bars li { display: grid; grid-template-columns: 14.5rem minmax(3rem, 1fr) 4.4rem 8rem; }
.bars li { gap: .6rem; align-items: center; margin: 0; }
.bars b { text-align: right; white-space: nowrap; } .bars .vs { color: var(--dim); }
.bars svg { width: 100%; height: 14px; fill: none; }
.bars .b { stroke: currentColor; stroke-width: 8; }
.bars .e { stroke: var(--ink); stroke-width: 1.5; vector-effect: non-scaling-stroke; }
.bars li:first-child .way { font-weight: 650; }
.signs { font-size: .8rem; margin: .5rem 0 0; }
.short { margin: 0 0 .6rem; display: grid; gap: .5rem; }
.short div { border-left: 3px solid var(--up); padding-left: .8rem; }
.short dt { font: 600 .82rem system-ui, sans-serif; color: var(--dim); margin: 0; }
.short dd { margin: 0; }
.name { margin: 0; font: 600 .85rem var(--mono); color: var(--dim); letter-spacing: .04em; }
.lead, .dim { color: var(--dim); }
.lead { font-size: .9rem; }
.doubts { list-style: none; padding: 0; margin: .6em 0; max-width: 90ch; font-size: .9rem; }
.doubts li { border-left: 3px solid var(--down); padding: .1em 0 .1em .8em; margin: .5em 0; }
nav { position: sticky; top: 0; z-index: 5; background: var(--paper); margin: 1rem 0 0; }
nav { border-bottom: 1px solid var(--line); }
nav ul { scrollbar-width: none; }
nav ul { display: flex; gap: 1.4rem; list-style: none; padding: 0; margin: 0; overflow-x: auto; }
nav li { margin: 0; } nav a { display: block; padding: .7rem 0; white-space: nowrap; }
nav a { color: var(--ink); text-decoration: none; font-size: .88rem; }
nav a:hover { text-decoration: underline; }
section { padding-top: 3.2rem; }
figure { margin: 0; } figcaption { color: var(--dim); font-size: .88rem; margin-bottom: .4rem; }
figcaption b { color: var(--ink); }
.plot { display: block; max-width: 100%; height: auto; fill: currentColor; color: var(--ink); }
.plot { font-family: inherit; }
.jobs { columns: 24rem; column-gap: 3rem; }
.jobs article { break-inside: avoid; padding-bottom: 1.4rem; }
.jobs ul { margin: 0; } .jobs details ul { margin-top: .3rem; font-size: .9rem; }
summary { cursor: pointer; color: var(--link); font-size: .88rem; }
.answers { margin: 0; columns: 24rem; column-gap: 3rem; }
.answers div { break-inside: avoid; padding-bottom: 1.4rem; }
dt { font-family: var(--serif); font-weight: 600; font-size: 1.05rem; margin-bottom: .25rem; }
dt .dim { font: 600 .75rem var(--mono); } dd { margin: 0 0 .35rem; }
form { display: flex; flex-wrap: wrap; gap: .6rem 1.1rem; align-items: end; font-size: .85rem; }
fieldset { border: 0; padding: 0; margin: 0; display: flex; flex-wrap: wrap; gap: .3rem; }
legend { padding: 0; color: var(--dim); }
form > label:not(.chip) { display: grid; color: var(--dim); }
input[type=search], select, button {
  font: inherit; color: var(--ink); background: var(--sheet); border: 1px solid var(--edge);
  border-radius: 6px; padding: .32rem .6rem; min-height: 2.1rem;
}
input[type=search] { width: 13rem; }
button { cursor: pointer; } button:hover { border-color: var(--dim); }
.chip { position: relative; cursor: pointer; }
.chip input { position: absolute; inset: 0; opacity: 0; cursor: pointer; margin: 0; }
.chip span { display: inline-block; border: 1px solid var(--edge); border-radius: 99px; }
.chip span { padding: .3rem .75rem; background: var(--sheet); }
.chip input:checked + span { background: var(--ink); color: var(--paper); }
.chip input:checked + span { border-color: var(--ink); }
.chip input:checked + span::before { content: '\2713\00a0'; }
.chip input:focus-visible + span { outline: 2px solid var(--link); outline-offset: 2px; }
#shown { margin: .9rem 0 .4rem; font-size: .85rem; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; font-size: .86rem; line-height: 1.4; }
th, td { text-align: right; padding: .3rem .7rem; vertical-align: baseline; font-weight: 400; }
td { white-space: nowrap; overflow-wrap: normal; }
.words td, #cases td:last-child { white-space: normal; overflow-wrap: anywhere; }
th[scope=row] { text-align: left; }
thead th { color: var(--dim); font-size: .8rem; }
#frame { overflow-x: auto; border: 1px solid var(--line); }
#frame { border-radius: 8px; background: var(--sheet); overscroll-behavior-x: contain; }
#cases { display: block; min-width: 69rem; line-height: 1.35; }
#cases thead { display: block; background: var(--sheet); }
#cases thead { border-bottom: 1px solid var(--line); }
#cases tbody { display: block; content-visibility: auto; contain-intrinsic-block-size: auto 12rem; }
#cases tbody { border-bottom: 1px solid var(--line); }
#cases tbody[hidden], #cases tr[hidden] { display: none; }
#cases tr {
  display: grid; align-items: center;
  grid-template-columns:
    minmax(20rem, 2fr) 5.6rem 4.4rem 15.5rem 5.6rem 5.6rem 5.2rem minmax(9.5rem, 1.1fr);
}
#cases thead th { padding: 0 .2rem; }
#cases thead th:not(:has(button)) { padding: .3rem .7rem; text-align: left; }
#cases thead button { border: 0; background: none; width: 100%; color: inherit; text-align: right; }
#cases thead th:first-child button { text-align: left; }
#cases [aria-sort] button { color: var(--ink); font-weight: 600; }
#cases [aria-sort=ascending] button::after { content: '\00a0\2191'; }
#cases [aria-sort=descending] button::after { content: '\00a0\2193'; }
#cases tbody th, #cases thead th:first-child {
  position: sticky; left: 0; z-index: 1; background: var(--sheet); align-self: stretch;
}
#cases tbody th { display: grid; grid-template-columns: 1fr 6.6rem; gap: .5rem; }
#cases tbody th { align-items: center; }
#cases tbody th b { font-family: var(--mono); font-size: .8rem; font-weight: 600; }
#cases tbody:not(.flat) tr:not(.first) b {
  color: transparent; user-select: none; white-space: nowrap; overflow: hidden;
}
#cases td { padding-block: .12rem; }
#cases td:last-child { text-align: left; color: var(--dim); font-size: .8rem; }
#cases td:last-child strong { color: var(--down); }
#cases .cost { font-weight: 650; font-size: .9rem; }
#cases .none td { color: var(--dim); grid-column: 4 / -1; text-align: left; padding-left: 1.05rem; }
#cases .none .state { grid-column: 2 / 4; text-align: right; }
#cases .folded { color: var(--dim); }
#cases .folded .cost { font-weight: 400; }
#cases tbody tr:hover, #cases tbody tr:hover th { background: var(--tint); }
#cases svg { display: block; width: 220px; height: 20px; fill: none; stroke: var(--ink); }
#cases svg { background: linear-gradient(var(--line), var(--line)) center / 100% 1px no-repeat; }
#cases .d { stroke: var(--dot); stroke-width: 3.2; stroke-linecap: round; }
#cases .w { stroke: var(--down); stroke-width: 1.4; }
#cases .i { stroke: var(--bar); stroke-width: 9; }
#cases .m { stroke: var(--up); stroke-width: 2; }
#cases svg.in, #parts svg.in { display: inline-block; width: 120px; height: 8px; background: none; }
.in path { stroke-width: 8; } .r0 { stroke: var(--c0); } .r1 { stroke: var(--c1); }
.r2 { stroke: var(--c3); } .r3 { stroke: var(--c4); } .r4 { stroke: var(--c2); }
.r5 { stroke: var(--c5); }
.q { position: relative; display: inline-block; min-width: 1.1em; margin-left: .25em; }
.q { color: var(--down); font-weight: 700; text-align: center; cursor: help; }
.q.good { color: var(--dim); }
.q:focus::after {
  content: attr(aria-label); position: absolute; left: 1.4em; top: 1.4em; z-index: 9; width: 22rem;
  background: var(--ink); color: var(--paper); font: 400 .8rem/1.4 system-ui, sans-serif;
  padding: .5rem .7rem; border-radius: 6px; text-align: left; white-space: normal;
}
.marks { list-style: none; padding: 0; display: flex; flex-wrap: wrap; gap: .2rem 1.4rem; }
.marks { font-size: .82rem; color: var(--dim); margin: 0 0 .6rem; }
.base { display: none; color: var(--dim); font-size: .72rem; }
#cases.filtered .base { display: block; }
i { position: absolute; clip-path: inset(50%); width: 1px; height: 1px; overflow: hidden; }
.up { color: var(--up); white-space: nowrap; } .down { color: var(--down); white-space: nowrap; }
.how { color: var(--ink); font-size: .88rem; max-width: 80ch; }
.small { display: grid; grid-template-columns: repeat(auto-fill, minmax(19rem, 1fr)); gap: 2rem; }
.small ul { list-style: none; padding: 0; font-size: .8rem; color: var(--dim); margin: .3rem 0; }
.small figure { content-visibility: auto; contain-intrinsic-block-size: auto 22rem; }
.legend span { margin-right: 1.2em; white-space: nowrap; }
.k0 { color: var(--c0); } .k1 { color: var(--c1); } .k2 { color: var(--c2); }
.k3 { color: var(--c3); } .k4 { color: var(--c4); } .k5 { color: var(--c5); }
.plain { min-width: 30rem; }
.plain th { white-space: nowrap; overflow-wrap: normal; }
.plain th, .plain td { border-bottom: 1px solid var(--line); }
.plain thead th { position: sticky; top: 0; background: var(--paper); white-space: nowrap; }
.plain th:first-child { position: sticky; left: 0; background: var(--paper); text-align: left; }
.plain tbody th { font-family: var(--mono); font-size: .8rem; }
.plain.words td, .plain.words thead th { text-align: left; }
.members { list-style: none; padding: 0; margin: 0 0 .6em; }
.differs th, .differs td { font-weight: 650; } .differs b { color: var(--down); }
header .plain tbody th { font: inherit; font-size: .9rem; white-space: normal; max-width: 24rem; }
header .plain td { white-space: normal; min-width: 6rem; }
.facts { display: grid; gap: .9rem 2rem; }
.facts { grid-template-columns: repeat(auto-fill, minmax(15rem, 1fr)); }
.facts dt { font: 400 .8rem system-ui, sans-serif; color: var(--dim); margin: 0; }
.absent { list-style: none; padding: 0; } .absent li { margin: .6em 0; max-width: 80ch; }
.absent details { font-size: .88rem; }
pre { font: .84rem/1.5 var(--mono); background: var(--tint); border-radius: 6px; }
pre { padding: .7rem .9rem; overflow-x: auto; margin: 0; white-space: pre-wrap; }
code { font: .88em var(--mono); }
.command { display: flex; flex-wrap: wrap; gap: .8rem; align-items: center; }
@media (max-width: 640px) {
  .bars li { grid-template-columns: minmax(0, 1fr) 3.5rem 6.1rem; gap: 0 .4rem; }
  .bars li { margin: .12rem 0; font-size: .8rem; }
  .bars .way { grid-row: 1; } .bars svg { grid-row: 2; grid-column: 1 / -1; height: 9px; }
  #picked { max-height: none; }
  #picker { line-height: 2.3; } #picker #pick-job { max-width: 100%; }
  .first > div { display: contents; } .short { order: -1; gap: .3rem; margin: 0; }
  .first { gap: .6rem; } .short dd { font-size: .86rem; line-height: 1.35; }
  .short dt { font-size: .76rem; } header { padding-top: .6rem; }
  header .plain { min-width: 0; font-size: .8rem; }
  header .plain td, header .plain thead th { min-width: 0; padding: .25rem .4rem; }
  header .plain tbody th { font-size: .8rem; padding: .25rem 0; max-width: 11rem; }
  #cases { min-width: 58rem; }
  #cases tr { grid-template-columns: 9.6rem 5rem 4rem 15rem 5rem 5.2rem 5rem minmax(9rem, 1fr); }
  #cases tbody th { display: block; padding-left: .5rem; padding-right: .3rem; }
  #cases tbody th b { display: block; font-size: .74rem; }
  #cases tbody:not(.flat) tr:not(.first) b { display: none; }
  #cases tbody th { border-right: 1px solid var(--line); }
  input[type=search] { width: 100%; } form > label:first-child { width: 100%; }
}
@media print {
  :root { --paper: #fff; --sheet: #fff; --ink: #000; --dim: #444; --line: #bbb; }
  :root { --up: #0a5fa5; --down: #a8430a; --tint: #f3f3ee; color-scheme: light; }
  body { font-size: 9.5pt; max-width: none; padding: 0; }
  nav, form, #more, section > p > button, .command button, #shown { display: none; }
  #frame, .wide { overflow: visible; max-height: none; border: 0; }
  #cases { min-width: 0; font-size: 7pt; }
  #cases tr { break-inside: avoid; grid-template-columns:
      minmax(0, 1fr) 3.9rem 3rem 7.8rem 3.9rem 3.9rem 3.4rem minmax(0, .75fr); }
  #cases td { padding-inline: .2rem; } #cases svg { width: 7.4rem; }
  #cases tbody th { display: block; padding: .1rem .2rem; }
  #cases tbody th b { display: block; }
  #cases tbody:not(.flat) tr:not(.first) b { display: none; }
  #cases tbody th b, #cases .cost, #cases td:last-child { font-size: 7pt; }
  #cases thead button { padding: 0; font-size: 7pt; }
  #picked { max-height: none; overflow: visible; }
  .small { grid-template-columns: repeat(4, 1fr); }
  .small { gap: .6rem; } .small ul { font-size: 6.5pt; } section { padding-top: 1rem; }
  .small figure:nth-child(n + 25) { display: none; }
  .answers, .jobs { columns: 2; font-size: 8pt; } summary { display: none; }
  .plain { font-size: 7pt; min-width: 0; } .plain tbody th { font-size: 6.5pt; }
  #cases tbody, .small figure { content-visibility: visible; }
  #cases thead, thead th, th { position: static !important; }
  h2, h3, figcaption { break-after: avoid; } figure, article { break-inside: avoid; }
}
`;
