/**
 * The top of the page: the answer to the first question in one sentence, the launches behind it,
 * and what makes this run doubtful.
 */
import * as Plot from './plot.ts';
import { type CaseLaunches, costsOf, rowsOf } from '../../analysis/rows.ts';
import { keyOf } from '../../results/keys.ts';
import type { Document } from '../../results/schema.ts';
import { formatNs } from '../words/numbers.ts';
import { headingLines } from '../words/heading.ts';
import { costEstimators } from '../../stats/estimators.ts';
import { doubtSentences } from '../words/doubts.ts';
import { headlineText, pictureLegend } from '../words/page.ts';
import { Markup, markup } from './markup.ts';
import { colour, label, picture } from './picture.ts';

/** Most lanes of the first picture. */
const mostLanes = 16;

/** The top of the page. */
export function headline(document: Document): Markup {
  return markup`<header><div><p class="name">ffi-bench</p><h1>${headlineText(document)}</h1>
<p class="lead">${
    headingLines(document).map((line, index) =>
      markup`${index === 0 ? '' : new Markup('<br>')}${line}`
    )
  }</p>${doubts(document)}</div>${firstPicture(document)}</header>`;
}

/** What a reader must know before believing a number. */
function doubts(document: Document): Markup {
  const lines = doubtSentences(document);
  return lines.length === 0
    ? new Markup('')
    : markup`<ul class="doubts">${lines.map((line) => markup`<li>${line}</li>`)}</ul>`;
}

/** All launches of the first row that has figures. */
function firstPicture(document: Document): Markup {
  const rows = rowsOf(document);
  const isShown = (own: CaseLaunches) =>
    !own.case.folded && costsOf(own, costEstimators[document.method]).length > 0;
  const row = rows.find(({ name, cases }) => name === 'call.noop' && cases.some(isShown)) ??
    rows.find(({ cases }) => cases.some(isShown));
  if (!row) return new Markup('');
  const figures = new Map(document.derived.cases.map((item) => [keyOf(item), item.cost_ns]));
  const runtimes = [...new Set(document.arms.map(({ runtime }) => runtime))];
  const lanes = row.cases.filter(isShown).slice(0, mostLanes).map((own, place) => ({
    lane: place,
    name: label(own.arm.label, 24),
    colour: colour(runtimes.indexOf(own.arm.runtime)),
    costs: costsOf(own, costEstimators[document.method]).filter((cost) => cost > 0),
    cost: figures.get(keyOf(own.case)) ?? null,
  }));
  const dots = lanes.flatMap(({ costs, ...lane }) => costs.map((ns) => ({ ...lane, ns })));
  if (dots.length === 0) return new Markup('');
  const middles = lanes.flatMap(({ lane, cost }) =>
    cost && cost.value > 0 ? [{ lane, ...cost }] : []
  );
  const spans = middles.filter(({ low, high }) => low !== null && low > 0 && high !== null);
  const drawn = picture({
    width: 680,
    height: 46 + lanes.length * 26,
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
    marks: [
      Plot.ruleY(spans, { y: 'lane', x1: 'low', x2: 'high', strokeWidth: 9, strokeOpacity: 0.25 }),
      Plot.dot(dots, { x: 'ns', y: 'lane', fill: 'colour', r: 2.6, fillOpacity: 0.6 }),
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
  return markup`<figure class="wide"><figcaption><b>${row.name}</b>: ${pictureLegend}</figcaption>
${drawn}</figure>`;
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
