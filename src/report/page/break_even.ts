/**
 * When going native pays: the cost of each native lane over that of plain JavaScript on the same
 * binary, by size, on log axes; below 1 native is faster.
 */
import * as Plot from './plot.ts';
import type { Arm, Document } from '../../results/schema.ts';
import type { Pair } from '../../results/schema_derived.ts';
import type { BreakEvenSize, CostModel } from '../../results/schema_conclusions.ts';
import { answersQuestions } from '../../analysis/summary.ts';
import { breakEvenWords, exponentText, modelsLegend, smallNs } from '../words/sweeps.ts';
import { formatPercent, formatRatio } from '../words/numbers.ts';
import { emptyTexts } from '../words/page.ts';
import { ticksOf } from './headline.ts';
import { Markup, markup } from './markup.ts';
import { byMechanism, type Look, lookOf } from './look.ts';
import { isLarge, onDemand } from './on_demand.ts';
import { label, picture } from './picture.ts';
import { plainLine, plainTable } from './plain_table.ts';

/** One place of a curve. */
interface Point {
  readonly arm: string;
  readonly size: number;
  readonly ratio: number;
  readonly low: number;
  readonly high: number;
}

/** Pictures that are drawn; of a larger run, the sentences of the others are left. */
const mostPictures = 80;
/** Pictures of a large run that stand in the page from the start. */
const firstPictures = 8;

/** Pictures and sentences of all sweeps that have a plain twin, and the cost models. */
export async function breakEvenSection(document: Document): Promise<Markup> {
  const { derived } = document;
  if (derived.break_even.length === 0) {
    return markup`<p class="dim">${emptyTexts.breakEven}</p>${modelsTable(derived.cost_models)}`;
  }
  const points = pointsOf(document);
  const swept = new Set(derived.break_even.map(({ arm }) => arm));
  const arms = document.arms.filter(({ label: name }) => swept.has(name)).toSorted(byMechanism);
  const sweeps = Map.groupBy(
    derived.break_even,
    (item) => JSON.stringify([item.task, item.variant]),
  );
  const asked = new Set(
    document.cases.filter((own) => answersQuestions(own.case)).map(({ task }) => task),
  );
  /** Sweeps that answer the questions of the suite stand first. */
  const placeOf = ([first]: readonly BreakEvenSize[]) => asked.has(first!.task) ? 0 : 1;
  const figures = [...sweeps.values()].toSorted((a, b) => placeOf(a) - placeOf(b))
    .map((own, place) => figureOf(own, place < mostPictures ? points : new Map(), arms));
  const shown = isLarge(document) ? firstPictures : figures.length;
  return markup`<p class="legend">${
    arms.map((arm) => {
      const { colour, sign } = lookOf(arm);
      return markup`<span class="k${colour}">${sign}</span> ${arm.label} `;
    })
  }</p><div class="small" id="sweeps">${figures.slice(0, shown)}</div>${await onDemand({
    into: 'sweeps',
    says: `Show all ${figures.length} sweeps`,
    content: markup`${figures.slice(shown)}`,
  })}${await modelsPart(document)}`;
}

/** The table of cost models, which a large run carries compressed. */
async function modelsPart(document: Document): Promise<Markup> {
  const models = document.derived.cost_models;
  const content = modelsTable(models);
  if (!isLarge(document) || models.length === 0) return content;
  const says = `Show how the cost of ${models.length} sweeps grows`;
  return markup`<div id="models"></div>${await onDemand({ into: 'models', says, content })}`;
}

function figureOf(
  own: readonly BreakEvenSize[],
  points: ReadonlyMap<string, readonly Point[]>,
  arms: readonly Arm[],
): Markup {
  const { task, variant, size_param: unit } = own[0]!;
  const drawn = own.flatMap((item) =>
    (points.get(sweepKey(item.task, item.variant, item.arm, item.base)) ?? [])
      .map((point) => ({ ...point, ...lookOf(armOf(arms, item.arm)) }))
  );
  const words = `${label(task)}: cost over that of plain JavaScript by ${label(unit, 20)}`;
  return markup`<figure><figcaption><b>${task}</b> ${variant}</figcaption>${
    drawn.length === 0 ? '' : curves(drawn, own, label(unit, 20), words)
  }<ul>${own.map((item) => markup`<li>${item.arm} ${breakEvenWords(item)}</li>`)}</ul></figure>`;
}

function armOf(arms: readonly Arm[], name: string): Arm {
  return arms.find((arm) => arm.label === name)!;
}

function curves(
  points: readonly (Point & Look)[],
  found: readonly BreakEvenSize[],
  unit: string,
  words: string,
): Markup {
  const crossings = found.flatMap(({ between }) =>
    between === null ? [] : [{ size: between.low }, { size: between.high }]
  );
  const sizes = points.map(({ size }) => size);
  return picture({
    width: 340,
    height: 210,
    marginLeft: 46,
    marginRight: 14,
    marginTop: 22,
    x: { type: 'log', label: `${unit} →`, ticks: sizeTicks(sizes), tickFormat: shortCount },
    y: {
      type: 'log',
      label: '↑ × plain JavaScript',
      ticks: ticksOf([...points.flatMap(({ low, high }) => [low, high]), 1]),
      tickFormat: (ratio: number) => formatRatio(ratio).replace(/\.?0+$/, ''),
    },
    marks: [
      Plot.ruleY([1], { strokeWidth: 1.5, strokeDasharray: '4 3' }),
      Plot.ruleX(points, {
        ...{ x: 'size', y1: 'low', y2: 'high', strokeWidth: 3, strokeOpacity: 0.6 },
        stroke: ({ colour }: Look) => `var(--c${colour})`,
      }),
      Plot.line(points, {
        ...{ x: 'size', y: 'ratio', z: 'arm', strokeWidth: 1.5 },
        stroke: ({ colour }: Look) => `var(--c${colour})`,
      }),
      Plot.dot(points, {
        ...{ x: 'size', y: 'ratio', r: 3 },
        fill: ({ colour }: Look) => `var(--c${colour})`,
        symbol: 'symbol',
      }),
      Plot.ruleX(crossings, { x: 'size', strokeOpacity: 0.5 }),
    ],
    color: { type: 'identity' },
    symbol: { type: 'identity' },
  }, words);
}

/** Powers of ten, every other one where they would stand too close. */
function sizeTicks(sizes: readonly number[]): number[] {
  const ticks = ticksOf(sizes).filter((size) => Math.log10(size) % 1 === 0);
  return ticks.length > 6 ? ticks.filter((_, index) => index % 2 === 0) : ticks;
}

function shortCount(size: number): string {
  if (size >= 1e9) return `${size / 1e9}G`;
  if (size >= 1e6) return `${size / 1e6}M`;
  return size >= 1e3 ? `${size / 1e3}k` : String(size);
}

/** Points of all curves, by sweep and pair of arms, ascending by size. */
function pointsOf({ cases, derived: { pairs, break_even } }: Document): Map<string, Point[]> {
  const wanted = new Set(
    break_even.map(({ task, variant, arm, base }) => sweepKey(task, variant, arm, base)),
  );
  const sweepCases = new Map(
    cases.flatMap((item) => {
      const size = item.sweep === undefined ? undefined : item.params[item.sweep];
      return typeof size === 'number' && size > 0 ? [[item.case, { ...item, size }] as const] : [];
    }),
  );
  const points = new Map<string, Point[]>();
  for (const pair of pairs) {
    const item = sweepCases.get(pair.case);
    if (!item) continue;
    const variant = Object.entries(item.params).filter(([name]) => name !== item.sweep)
      .map(([name, value]) => `${name}=${value}`).join(', ');
    for (const turned of [false, true]) {
      const [arm, base] = turned ? [pair.base, pair.arm] : [pair.arm, pair.base];
      const key = sweepKey(item.task, variant, arm, base);
      const point = wanted.has(key) ? pointOf(pair, turned, arm, item.size) : null;
      if (point) points.set(key, [...points.get(key) ?? [], point]);
    }
  }
  for (const own of points.values()) own.sort((a, b) => a.size - b.size);
  return points;
}

function pointOf({ ratio }: Pair, turned: boolean, arm: string, size: number): Point | null {
  const { value, low, high } = ratio;
  if (value <= 0) return null;
  const [least, most] = [low && low > 0 ? low : value, high && high > 0 ? high : value];
  return turned
    ? { arm, size, ratio: 1 / value, low: 1 / most, high: 1 / least }
    : { arm, size, ratio: value, low: least, high: most };
}

function sweepKey(...names: readonly string[]): string {
  return JSON.stringify(names);
}

/** Fixed cost and cost per unit of every sweep, or the power that it grows with. */
function modelsTable(models: readonly CostModel[]): Markup {
  if (models.length === 0) return new Markup('');
  const titles = ['Sweep', 'Lane', 'Fixed', 'Per unit', 'Unit', 'Off by', 'Power'];
  const lines = models.map((model) =>
    plainLine(`${model.task} ${model.variant}`, [
      model.arm,
      model.fixed_ns === null ? '' : smallNs(model.fixed_ns),
      model.per_unit_ns === null ? '' : smallNs(model.per_unit_ns),
      model.size_param,
      formatPercent(model.off_by),
      exponentText(model),
    ])
  );
  return markup`<details><summary>How the cost of ${models.length} sweeps grows</summary>
${plainTable('Cost models', titles, lines)}<p class="dim">${modelsLegend}</p></details>`;
}
