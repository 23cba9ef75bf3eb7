/**
 * The first screen of the page: what one call costs in a sentence, the picker of ways, how the
 * runtimes compare, from what size native code pays, and the launches behind the first figure.
 */
import * as Plot from './plot.ts';
import { type CaseLaunches, costsOf, rowsOf } from '../../analysis/rows.ts';
import { keyOf } from '../../results/keys.ts';
import type { Document } from '../../results/schema.ts';
import { withoutTwins } from '../../analysis/arms.ts';
import { compareVersions, newestOfEach, type Summary, summaryOf } from '../../analysis/summary.ts';
import { formatNs, formatRatio } from '../words/numbers.ts';
import { runtimeName } from '../words/arms.ts';
import { costEstimators } from '../../stats/estimators.ts';
import { doubtSentences, failureSentences } from '../words/doubts.ts';
import { machineText } from '../words/machine.ts';
import { headlineText, inShortTitles, pictureLegend } from '../words/page.ts';
import {
  changesTitle,
  changeText,
  comparisonText,
  noiseLines,
  payLines,
  paysTitle,
} from '../words/summary.ts';
import { byMechanism, lookOf } from './look.ts';
import { Markup, markup } from './markup.ts';
import { isLarge } from './on_demand.ts';
import { calledFunctions, picker } from './picker.ts';
import { label, picture } from './picture.ts';

/** Most lanes of the first picture. */
const mostLanes = 24;

/** The top of the page. */
export async function headline(document: Document): Promise<Markup> {
  const summary = summaryOf(document);
  const short = inShort(summary, document);
  const drawn = firstPicture(document);
  const isPicked = summary.jobs.length + summary.functions.length > 0;
  const [left, right] = isPicked
    ? [
      markup`${calledFunctions(summary)}${await picker(summary, isLarge(document))}`,
      markup`${short}${drawn}`,
    ]
    : [drawn, short];
  return markup`<header><p class="name">ffi-bench, ${
    machineText(document.provenance.machine)
  }</p><h1>${unbroken(headlineText(document))}</h1>${
    doubts(document)
  }<div class="first"><div>${left}</div><div>${right}</div></div></header>`;
}

/** A sentence in which no figure is torn from its unit, and no version from its runtime. */
function unbroken(text: string): string {
  return text.replace(/(\d) (?=[nµm]?s\b)/g, '$1\u00a0').replace(/ (?=\d+\.\d+\.\d)/g, '\u00a0');
}

/** The other answers: runtimes against each other, sizes from which native code pays, noise. */
function inShort(summary: Summary, { arms }: Document): Markup {
  const entries: (readonly [string, readonly string[]])[] = [
    [inShortTitles.comparison, summary.comparisons.map((pair) => comparisonText(pair, arms))],
    [changesTitle, summary.changes.map((pair) => changeText(pair, arms))],
    [inShortTitles.beside, besideFloor(summary)],
    [paysTitle, payLines(summary, arms)],
    [inShortTitles.noise, noiseLines(summary).map((line) => line.replace(/^Noise: h/, 'H'))],
  ];
  return markup`<dl class="short">${
    entries.filter(([, lines]) => lines.length > 0).map(([title, lines]) =>
      markup`<div><dt>${title}</dt>${lines.map((line) => markup`<dd>${line}</dd>`)}</div>`
    )
  }</dl>`;
}

function besideFloor({ crossings, floor }: Summary): string[] {
  if (!floor || floor.value === 0) return [];
  const parts = newestOfEach(crossings).map(({ arm, cost }) =>
    `${runtimeName(arm.runtime)} ×${formatRatio(cost.value / floor.value)}`
  );
  return [`C takes ${formatNs(floor.value)}; ${parts.join(', ')}`];
}

/** What a reader must know before believing a number. */
function doubts(document: Document): Markup {
  const lines = [...doubtSentences(document), ...failureSentences(document.derived)];
  return lines.length === 0
    ? new Markup('')
    : markup`<ul class="doubts">${lines.map((line) => markup`<li>${line}</li>`)}</ul>`;
}

/** All launches of the first row that has figures, under a caption. */
function firstPicture(document: Document): Markup {
  const found = crossingPicture(document);
  return found === null
    ? new Markup('')
    : markup`<figure class="wide"><figcaption><b>${found.name}</b>: ${pictureLegend}</figcaption>
${found.drawn}</figure>`;
}

/** The launches of an empty call by lane, or of the first row that has figures; null of none. */
export function crossingPicture(
  document: Document,
): { readonly name: string; readonly drawn: Markup } | null {
  const rows = rowsOf(document);
  const isShown = (own: CaseLaunches) =>
    !own.case.folded && costsOf(own, costEstimators[document.method]).length > 0;
  const row = rows.find(({ name, cases }) => name === 'call.noop' && cases.some(isShown)) ??
    rows.find(({ cases }) => cases.some(isShown));
  if (!row) return null;
  const figures = new Map(document.derived.cases.map((item) => [keyOf(item), item.cost_ns]));
  const lanes = shownLanes(row.cases.filter(isShown)).map((own, place) => ({
    lane: place,
    name: label(own.arm.label, 24),
    colour: `var(--c${lookOf(own.arm).colour})`,
    symbol: lookOf(own.arm).symbol,
    costs: costsOf(own, costEstimators[document.method]).filter((cost) => cost > 0),
    cost: figures.get(keyOf(own.case)) ?? null,
  }));
  const dots = lanes.flatMap(({ costs, ...lane }) => costs.map((ns) => ({ ...lane, ns })));
  if (dots.length === 0) return null;
  const middles = lanes.flatMap(({ lane, cost }) =>
    cost && cost.value > 0 ? [{ lane, ...cost }] : []
  );
  const spans = middles.filter(({ low, high }) => low !== null && low > 0 && high !== null);
  const drawn = picture({
    width: 560,
    height: 46 + lanes.length * 21,
    marginLeft: 100,
    marginRight: 70,
    x: {
      type: 'log',
      label: null,
      grid: true,
      ticks: ticksOf(dots.map(({ ns }) => ns)),
      tickFormat: (ns: number) => formatNs(ns).replace(/\.0+ /, ' '),
    },
    y: {
      type: 'band',
      domain: lanes.map(({ lane }) => lane),
      label: null,
      tickSize: 0,
      tickFormat: (place: number) => lanes[place]!.name,
    },
    color: { type: 'identity' },
    symbol: { type: 'identity' },
    marks: [
      Plot.ruleY(spans, {
        ...{ y: 'lane', x1: 'low', x2: 'high', dy: 8, strokeWidth: 3, stroke: 'var(--bar)' },
      }),
      Plot.dot(dots, {
        ...{ x: 'ns', y: 'lane', fill: 'colour', r: 2.8, fillOpacity: 0.85 },
        symbol: 'symbol',
      }),
      Plot.tickX(middles, { x: 'value', y: 'lane', strokeWidth: 2, inset: 4 }),
      Plot.text(middles, {
        y: 'lane',
        text: ({ value }: { value: number }) => formatNs(value),
        frameAnchor: 'right',
        textAnchor: 'start',
        dx: 10,
        fontWeight: 600,
      }),
    ],
  }, `Launches of ${label(row.name)} by lane on a log scale`);
  return { name: row.name, drawn };
}

/**
 * No second label of a binary; the own interface of each runtime first, of several versions the
 * newest first, machine code always.
 */
function shownLanes(cases: readonly CaseLaunches[]): CaseLaunches[] {
  const originals = withoutTwins(cases.map(({ arm }) => arm));
  const runtimes = [...new Set(originals.map(({ runtime }) => runtime))];
  const lanes = cases.filter(({ arm }) => originals.includes(arm)).toSorted((
    { arm: a },
    { arm: b },
  ) =>
    byMechanism(a, b) || runtimes.indexOf(a.runtime) - runtimes.indexOf(b.runtime) ||
    compareVersions(b.version, a.version)
  );
  const floor = lanes.filter(({ arm }) => arm.runtime === 'native');
  const others = lanes.filter((own) => !floor.includes(own));
  return [...others.slice(0, mostLanes - floor.length), ...floor];
}

/** 1, 2 and 5 times powers of ten inside the values, or their ends where there are too few. */
export function ticksOf(values: readonly number[]): number[] {
  const least = values.reduce((a, b) => Math.min(a, b));
  const greatest = values.reduce((a, b) => Math.max(a, b));
  const decades = Math.log10(greatest / least);
  const steps = decades > 3 ? [1] : decades > 1.5 ? [1, 3] : [1, 2, 5];
  const ticks: number[] = [];
  for (let power = Math.floor(Math.log10(least)); 10 ** power <= greatest; power++) {
    for (const step of steps) {
      const tick = Number(`${step}e${power}`);
      if (tick >= least && tick <= greatest) ticks.push(tick);
    }
  }
  return ticks.length < 2 ? [least, greatest] : ticks;
}
