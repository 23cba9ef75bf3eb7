/**
 * The comparison table of the page: one line per case, with the strip of its launches, and the
 * figures that the page's script sorts and filters by.
 */
import { keyOf } from '../../results/keys.ts';
import { costsOf, type Row, rowsOf } from '../../analysis/rows.ts';
import type { Case, Document } from '../../results/schema.ts';
import type { CaseFigures } from '../../results/schema_derived.ts';
import { formatNs, formatRatio, formatSpread } from '../words/numbers.ts';
import { type Cell, type CellRatio, isFilled, type ReportModel } from '../model.ts';
import { reasonText, verdictSigns, verdictWords } from '../words/verdicts.ts';
import { costEstimators, type Estimator } from '../../stats/estimators.ts';
import { dataBlock, Markup, markup } from './markup.ts';
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
export function casesTable(document: Document, model: ReportModel): Markup {
  const groups = linesOf(document, model);
  const words = wordsOf(document);
  const estimator = costEstimators[document.method];
  const data = groups.flat().map((line) => lineData(line, words));
  return markup`<form id="filters" role="search" aria-label="Filter the table">
<label>Find <input type="search" id="find" placeholder="call.u64, deno…"></label>
<label>Family <select id="family"><option value="">all</option>${
    words.families.map((word, index) => markup`<option value="${index}">${word}</option>`)
  }</select></label>
${choices('Runtime', 'runtime', words.runtimes)}
${choices('Mechanism', 'mechanism', words.mechanisms)}
<label class="chip"><input type="checkbox" id="measured"><span>with figures only</span></label>
<button type="reset">Reset</button></form>
<p id="shown" class="dim" role="status">${data.length} cases</p>
<div class="wide" id="frame" tabindex="0" role="region" aria-label="Comparison table">
<table id="cases"><thead><tr>${columns.map(heading)}</tr></thead>
${groups.map((group) => tableBody(group, estimator))}</table></div>
${dataBlock('lines', data)}`;
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
    }</td><td class="why">${own.case.reason}${noteLinks(cell)}</td></tr>`;
  }
  const isFolded = cell.state === 'folded';
  return markup`${start}${name}<td class="cost">${formatNs(cell.costNs)}</td><td>${
    isFolded ? '' : formatSpread(cell.spread)
  }</td><td>${strip(costsOf(own, estimator), figures, scale)}</td><td>${
    figures.sustained_ns ? formatNs(figures.sustained_ns.value) : ''
  }</td><td>${isFolded ? '' : ratio(cell.ratio)}</td><td>${slow(cell)}</td><td>${
    remarks(line)
  }</td></tr>`;
}

function ratio(found: CellRatio | null): Markup | string {
  if (!found) return '';
  const text = formatRatio(found.value);
  const { verdict } = found;
  const look = { faster: 'up', slower: 'down', not_resolved: 'dim', not_tested: 'dim' }[verdict];
  return markup`<span class="${look}">${verdictSigns[verdict]} ${text}<i> ${
    reasonText(found) || verdictWords[verdict]
  }</i></span>`;
}

function slow({ slow: count, launches }: Extract<Cell, { slow: number }>): Markup | string {
  return count === 0 ? '' : markup`<span class="down">${count} of ${launches}</span>`;
}

/** Why a path is slow, that the engine folded the case, and the numbers of its notes. */
function remarks({ own, cell }: Line): Markup {
  const { evidence, folded } = own.case;
  const words = [];
  if (folded) words.push(markup`folded by the engine`);
  if (evidence?.path === 'slow') {
    words.push(markup`<strong>slow path</strong>: ${evidence.detail}`);
  }
  if (evidence?.path === 'fast') words.push(markup`<span class="dim">fast path</span>`);
  return markup`${words}${noteLinks(cell)}`;
}

function noteLinks({ notes }: Cell): Markup {
  return markup`${
    notes.map((number) => markup`<sup><a href="#note-${number}">${number}</a></sup>`)
  }`;
}

/** Numbered notes, each with the place that its number links to. */
export function notesList({ notes }: ReportModel): Markup {
  if (notes.length === 0) return new Markup('');
  const shown = 4;
  return markup`<ol class="notes">${
    notes.map(({ number, text, cells }) => {
      const rest = cells.slice(shown);
      const more = rest.length === 0
        ? ''
        : markup`<details><summary>and ${rest.length} more</summary>${rest.join(', ')}</details>`;
      const few = cells.length === 0
        ? ''
        : markup` <span class="dim">${cells.slice(0, shown).join(', ')}</span>`;
      return markup`<li id="note-${number}" value="${number}">${text}${few}${more}</li>`;
    })
  }</ol>`;
}
