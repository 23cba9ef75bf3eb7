/**
 * The comparison table of the page: one line per case, with the strip of its launches, and the
 * figures that the page's script sorts and filters by.
 */
import { keyOf } from '../../results/keys.ts';
import { costsOf, type Row, rowsOf } from '../../analysis/rows.ts';
import type { Case, Document } from '../../results/schema.ts';
import type { CaseFigures } from '../../results/schema_derived.ts';
import { formatCount, formatNs, formatRatio, formatSpread } from '../words/numbers.ts';
import { onDemandText } from '../words/page.ts';
import {
  type Cell,
  type CellRatio,
  type FilledCell,
  isFilled,
  type ReportModel,
} from '../model.ts';
import { reasonText, verdictSigns, verdictWords } from '../words/verdicts.ts';
import { costEstimators, type Estimator } from '../../stats/estimators.ts';
import { qualitySigns, qualityWords } from '../words/quality.ts';
import { instructionsBar } from './instructions.ts';
import { fewCases } from '../few_lanes.ts';
import { dataBlock, jsonText, Markup, markup } from './markup.ts';
import { isLarge, packedBlock } from './on_demand.ts';
import { type Scale, strip, stripScale } from './strip.ts';

/** What the script knows of a line: places of its words, then figures or null. */
type LineData = readonly (number | null)[];

/** Words that lines are filtered by. */
interface Words {
  readonly families: readonly string[];
  readonly runtimes: readonly string[];
  readonly mechanisms: readonly string[];
}

/** One case with all that a line shows. */
interface Line {
  readonly row: Row;
  readonly own: Row['cases'][number];
  readonly cell: Cell;
  readonly figures: CaseFigures | undefined;
}

/** Titles of the columns; those with a key can be sorted by. */
const columns = [
  { title: 'Task and lane', key: 'place' },
  { title: 'Cost', key: 'cost' },
  { title: '±', key: 'spread', words: 'Half interval' },
  { title: 'Launches', key: null },
  { title: 'Sustained', key: 'sustained' },
  { title: 'Ratio', key: 'ratio' },
  { title: 'Slow', key: 'slow', words: 'Slow launches' },
  { title: 'Remarks', key: null },
] as const;

/** The table with its filters; `model` must be that of the same document. */
export async function casesTable(document: Document, model: ReportModel): Promise<Markup> {
  const all = linesOf(document, model);
  const lines = all.flat().length;
  const groups = isLarge(document) ? all.filter(isShownFirst) : all;
  const rest = all.filter((group) => !groups.includes(group));
  const words = wordsOf(document);
  const estimator = costEstimators[document.method];
  const dataOf = (some: readonly (readonly Line[])[]) =>
    some.flat().map((line) => lineData(line, words));
  const shown = groups.flat().length;
  return markup`<form id="filters" role="search" aria-label="Filter the table">
<label>Find <input type="search" id="find" placeholder="call.u64, deno…"></label>
<label>Family <select id="family"><option value="">all</option>${
    words.families.map((word, index) => markup`<option value="${index}">${word}</option>`)
  }</select></label>
${choices('Runtime', 'runtime', words.runtimes)}
${choices('Mechanism', 'mechanism', words.mechanisms)}
<label class="chip"><input type="checkbox" id="measured"><span>with figures only</span></label>
<button type="reset">Reset</button></form>
<p id="shown" class="dim" role="status">${shown} ${rest.length === 0 ? '' : `of ${lines} `}cases</p>
<div class="wide" id="frame" tabindex="0" role="region" aria-label="Comparison table">
<table id="cases"><thead><tr>${columns.map(heading)}</tr></thead>
${groups.map((group) => tableBody(group, estimator))}</table></div>
${dataBlock('lines', dataOf(groups))}${
    rest.length === 0 ? '' : await restOf(
      lines,
      `${jsonText(dataOf(rest))}\n${
        rest.map((group) => tableBody(group, estimator).html).join('')
      }`,
    )
  }`;
}

/** One case of each job; a run without any of them shows what was measured first. */
function isShownFirst(group: readonly Line[], place: number): boolean {
  return place === 0 || fewCases.includes(group[0]?.row.name ?? '');
}

/** Figures and lines of the other cases, which the script puts into the table when asked. */
async function restOf(lines: number, text: string): Promise<Markup> {
  return markup`<p><button type="button" id="more">Show all ${formatCount(lines)} cases</button>
<noscript>${onDemandText}</noscript></p>
${await packedBlock('rest', text)}`;
}

function heading(column: (typeof columns)[number]): Markup {
  if (column.key === null) return markup`<th scope="col">${column.title}</th>`;
  const label = 'words' in column ? markup` aria-label="${column.words}"` : '';
  const sorted = column.key === 'place' ? markup` aria-sort="ascending"` : '';
  return markup`<th scope="col"${sorted}>
<button type="button" data-key="${column.key}"${label}>${column.title}</button></th>`;
}

function choices(title: string, name: string, words: readonly string[]): Markup {
  return markup`<fieldset><legend>${title}</legend>${
    words.map((word, index) =>
      markup`<label class="chip">
<input type="checkbox" name="${name}" value="${index}"><span>${word}</span></label>`
    )
  }</fieldset>`;
}

function wordsOf({ cases, arms }: Document): Words {
  return {
    families: [...new Set(cases.map(familyOf))],
    runtimes: [...new Set(arms.map(({ runtime }) => runtime))],
    mechanisms: [...new Set(arms.map(({ mechanism }) => mechanism))],
  };
}

function familyOf({ task }: Case): string {
  return task.split('.')[0]!;
}

/** The lines of the document, by row. */
function linesOf(document: Document, model: ReportModel): Line[][] {
  const figures = new Map(document.derived.cases.map((item) => [keyOf(item), item]));
  const labels = model.groups.flatMap(({ arms }) => arms.map(({ label }) => label));
  return rowsOf(document).map((row, index) =>
    row.cases.map((own): Line => ({
      row,
      own,
      cell: model.rows[index]!.cells[labels.indexOf(own.arm.label)]!,
      figures: figures.get(keyOf(own.case)),
    }))
  );
}

function lineData({ own, cell, figures }: Line, words: Words): LineData {
  const places = [
    words.families.indexOf(familyOf(own.case)),
    words.runtimes.indexOf(own.arm.runtime),
    words.mechanisms.indexOf(own.arm.mechanism),
  ];
  if (!isFilled(cell)) return [...places, null, null, null, null, null];
  const isJudged = cell.state === 'measured';
  return [
    ...places,
    cell.costNs,
    isJudged && cell.spread.share !== null ? Number(cell.spread.share.toPrecision(4)) : null,
    figures?.sustained_ns?.value ?? null,
    cell.ratio && isJudged ? Number(cell.ratio.value.toPrecision(5)) : null,
    Number((cell.slow / Math.max(1, cell.launches)).toPrecision(4)),
  ];
}

function tableBody(group: readonly Line[], estimator: Estimator): Markup {
  const scale = group[0] ? stripScale(group[0].row, estimator) : () => 0;
  const lines = group.map((line, index) => tableLine(line, scale, index === 0, estimator));
  return markup`<tbody>${lines}</tbody>\n`;
}

function tableLine(
  line: Line,
  scale: Scale,
  isFirst: boolean,
  estimator: Estimator,
): Markup {
  const { row, own, cell, figures } = line;
  const name = markup`<th scope="row"><b>${row.name}</b> <span>${own.arm.label}</span></th>`;
  const classes = [
    isFirst ? 'first' : '',
    isFilled(cell) ? '' : 'none',
    cell.state === 'folded' ? 'folded' : '',
  ].filter((word) => word !== '').join(' ');
  const start = classes === '' ? markup`<tr>` : markup`<tr class="${classes}">`;
  if (!isFilled(cell) || !figures) {
    return markup`${start}${name}<td class="state">${
      cell.state.replace('_', ' ')
    }</td><td class="why">${isFilled(cell) ? '' : cell.reason}</td></tr>`;
  }
  const isFolded = cell.state === 'folded';
  return markup`${start}${name}<td class="cost">${formatNs(cell.costNs)}${
    qualityMark(cell)
  }</td><td>${isFolded ? '' : formatSpread(cell.spread)}</td><td>${
    strip(costsOf(own, estimator), figures, scale)
  }</td><td>${figures.sustained_ns ? formatNs(figures.sustained_ns.value) : ''}</td><td>${
    isFolded ? '' : ratio(cell.ratio)
  }</td><td>${slow(cell)}</td><td>${remarks(line)}</td></tr>`;
}

function ratio(found: CellRatio | null): Markup | string {
  if (!found) return '';
  const text = formatRatio(found.value);
  const { verdict } = found;
  const look = { faster: 'up', slower: 'down', not_resolved: 'dim', not_tested: 'dim' }[verdict];
  return markup`<span class="${look}">${verdictSigns[verdict]} ${text}<i> ${
    reasonText(found) || verdictWords[verdict]
  }</i></span><small class="base">of ${found.base}</small>`;
}

/** The mark of a figure that is not simply good, with its words for pointer, focus and reader. */
function qualityMark({ quality: { name, words } }: FilledCell): Markup | string {
  if (name === 'good' && words.length === 0) return '';
  const text = [...name === 'good' ? [] : [qualityWords[name]], ...words].join('. ');
  const sign = name === 'good' ? '\u00b7' : qualitySigns[name];
  const told = markup`aria-label="${text}" title="${text}"`;
  return markup`<span class="q ${name}" role="img" tabindex="-1" ${told}>${sign}</span>`;
}

function slow({ slow: count, launches }: Extract<Cell, { slow: number }>): Markup | string {
  return count === 0 ? '' : markup`<span class="down">${count} of ${launches}</span>`;
}

/** Why a path is slow, that the engine folded the case, and its instructions. */
function remarks({ own }: Line): Markup {
  const { evidence, folded } = own.case;
  const words = [];
  if (folded) words.push(markup`optimised away; not a measurement`);
  if (evidence?.path === 'slow') {
    words.push(markup`<strong>slow path</strong>: ${evidence.detail}`);
  }
  if (evidence?.path === 'fast') words.push(markup`<span class="dim">fast path</span>`);
  return markup`${words} ${instructionsBar(own.case, own.arm.runtime)}`;
}

/** What the marks of figures mean. */
export function qualityLegend(): Markup {
  const names = ['noisy', 'levels', 'lost'] as const;
  return markup`<ul class="marks">${
    names.map((name) =>
      markup`<li><span class="q ${name}">${qualitySigns[name]}</span> ${qualityWords[name]}</li>`
    )
  }</ul>`;
}
