/**
 * The answer picker: for a job, a size and a runtime the ways of doing it, best first. All answers
 * stand in the page as a list; the script shows those that are picked.
 */
import { type RankedJob, type RankedWay, type Summary } from '../../analysis/summary.ts';
import { runtimeTitle, variantText } from '../words/arms.ts';
import { formatNs, formatRatio } from '../words/numbers.ts';
import { pickerWords } from '../words/page.ts';
import { jobName, mechanismName, wayName } from '../words/recommendations.ts';
import { lookOf } from './look.ts';
import { Markup, markup } from './markup.ts';
import { packedBlock } from './on_demand.ts';

const barWidth = 100;
const barFrame = `<svg viewBox="0 0 ${barWidth} 14" preserveAspectRatio="none" ` +
  'aria-hidden="true">';

/** One bar: a way or a lane with its cost and interval. */
interface Bar {
  readonly name: string;
  readonly look: { readonly colour: number; readonly sign: string };
  readonly costNs: number;
  readonly low: number | null;
  readonly high: number | null;
  readonly remark: string;
}

/** The picker, or nothing where a run measured no two ways of one job. */
export async function picker({ jobs }: Summary, large: boolean): Promise<Markup> {
  if (jobs.length === 0) return new Markup('');
  const names = [...new Set(jobs.map(({ found }) => jobName(found)))];
  const sizes = [...new Set(jobs.map(({ found }) => sizeText(found.variant)))];
  const runtimes = [...new Set(jobs.map(({ found }) => runtimeTitle(found)))];
  const places = (ranked: RankedJob) => [
    names.indexOf(jobName(ranked.found)),
    sizes.indexOf(sizeText(ranked.found.variant)),
    runtimes.indexOf(runtimeTitle(ranked.found)) + 1,
  ];
  /** Runtimes share the scale of a job at one size. */
  const longestOf = ({ found: { job, contract, variant } }: RankedJob) =>
    longest(
      jobs.filter(({ found }) =>
        found.job === job && found.contract === contract && found.variant === variant
      ).flatMap(({ ways }) => ways.map(({ way }) => ({ costNs: way.cost_ns, high: way.high_ns }))),
    );
  const preferred = preferredSize(sizes);
  const first = large ? jobs.filter(isShownFirst(jobs, sizes[preferred]!)) : jobs;
  const articles = (some: readonly RankedJob[]) =>
    some.map((ranked) => article(ranked, places(ranked), longestOf(ranked)));
  const rest = jobs.filter((ranked) => !first.includes(ranked));
  return markup`<section id="pick" aria-label="${pickerWords.title}">
<form id="picker"><h2>${pickerWords.title}</h2>
${select('job', pickerWords.job, names)} ${pickerWords.of} ${
    select('size', pickerWords.size, sizes, preferred)
  } ${pickerWords.on} ${
    select('on', pickerWords.on, [pickerWords.everyRuntime, ...runtimes])
  }</form>
<div id="picked" tabindex="0" role="region" aria-label="${pickerWords.answer}">${
    articles(first)
  }</div>${
    rest.length === 0 ? '' : await packedBlock('picked-rest', markup`${articles(rest)}`.html)
  }<p class="dim signs">${pickerWords.signs}</p></section>`;
}

/** Of each job the size that is picked at first, or the first that was measured. */
function isShownFirst(jobs: readonly RankedJob[], size: string) {
  const sizesOf = Map.groupBy(jobs, ({ found }) => jobName(found));
  return ({ found }: RankedJob): boolean => {
    const sizes = sizesOf.get(jobName(found))!.map((own) => sizeText(own.found.variant));
    return sizeText(found.variant) === (sizes.includes(size) ? size : sizes[0]);
  };
}

function sizeText(variant: string): string {
  return variantText(variant) || pickerWords.oneSize;
}

/** The size that is picked at first: that of a short string, where it was measured. */
function preferredSize(sizes: readonly string[]): number {
  const places = ['36 bytes', '36 bytes, charset ascii'].map((size) => sizes.indexOf(size));
  return Math.max(0, places.find((place) => place >= 0) ?? 0);
}

function select(name: string, label: string, words: readonly string[], picked = 0): Markup {
  return markup`<select id="pick-${name}" aria-label="${label}">${
    words.map((word, index) =>
      markup`<option value="${index}"${index === picked ? markup` selected` : ''}>${word}</option>`
    )
  }</select>`;
}

function article(
  ranked: RankedJob,
  [job, size, on]: readonly number[],
  most: number,
): Markup {
  const { found, ways, isTested } = ranked;
  const bars = ways.map((own): Bar => ({
    name: wayText(own),
    look: lookOf({ runtime: found.runtime, mechanism: own.way.mechanism }),
    costNs: own.way.cost_ns,
    low: own.way.low_ns,
    high: own.way.high_ns,
    remark: remarkOf(own, isTested),
  }));
  return markup`<article data-job="${job!}" data-size="${size!}" data-on="${on!}"><h3>${
    jobName(found)
  }<span class="dim">, ${sizeText(found.variant)}, </span>${runtimeTitle(found)}</h3>${
    barList(bars, most)
  }</article>\n`;
}

function wayText({ way }: RankedWay): string {
  const name = wayName(way.task);
  return way.mechanism === 'plain' || name === ''
    ? mechanismName(way.mechanism)
    : `${mechanismName(way.mechanism)}, ${name}`;
}

function remarkOf({ ratio, isTold }: RankedWay, isTested: boolean): string {
  if (ratio === null) return pickerWords.best;
  const certainty = isTested ? isTold ? pickerWords.certain : pickerWords.open : '';
  return `×${formatRatio(ratio)}${certainty === '' ? '' : `, ${certainty}`}`;
}

function longest(bars: readonly { costNs: number; high: number | null }[]): number {
  return Math.max(...bars.map(({ costNs, high }) => Math.max(costNs, high ?? 0)));
}

/** Functions that `call` measured: every lane, best first. */
export function calledFunctions({ functions }: Summary): Markup {
  if (functions.length === 0) return new Markup('');
  return markup`<section id="called">${
    functions.map(({ name, costs }) =>
      markup`<article><h3>${name.replace(/^foreign\./, '')}</h3>${
        barList(costs.map(({ arm, cost }): Bar => ({
          name: arm.label,
          look: lookOf(arm),
          costNs: cost.value,
          low: cost.low,
          high: cost.high,
          remark: cost === costs[0]!.cost
            ? pickerWords.best
            : `×${formatRatio(cost.value / costs[0]!.cost.value)}`,
        })))
      }</article>`
    )
  }</section>`;
}

/** The bars of one list, as long as the cost; `most` ns fill the width. */
function barList(bars: readonly Bar[], most = longest(bars)): Markup {
  const place = (ns: number) => Number((ns / most * barWidth).toFixed(1));
  return markup`<ol class="bars">${
    bars.map(({ name, look, costNs, low, high, remark }) => {
      const interval = low === null || high === null
        ? ''
        : `M${place(low)} 7H${place(high)}M${place(low)} 4v6M${place(high)} 4v6`;
      const paths = `<path class="b k${look.colour}" d="M0 7H${place(costNs)}"/>` +
        (interval === '' ? '' : `<path class="e" d="${interval}"/>`);
      return markup`<li><span class="way"><span class="k${look.colour}">${look.sign}</span>
${name}</span>${new Markup(`${barFrame}${paths}</svg>`)}<b>${formatNs(costNs)}</b>
<span class="vs">${remark}</span></li>`;
    })
  }</ol>`;
}
