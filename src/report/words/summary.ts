/** The answers of a run as one block of text, which `run`, `report` and the README end on. */
import {
  compareVersions,
  newestOfEach,
  type Noise,
  type RankedJob,
  spreadWithin,
  type Summary,
  summaryOf,
} from '../../analysis/summary.ts';
import type { Arm, Document } from '../../results/schema.ts';
import type { BreakEvenSize, Way } from '../../results/schema_conclusions.ts';
import type { Estimate, Pair } from '../../results/schema_derived.ts';
import { plainText, wrap } from '../plain_text.ts';
import { enumerated, runtimeName, runtimeTitle, variantText } from './arms.ts';
import { machineText } from './machine.ts';
import { formatCount, formatNs, formatPercent, formatRatio, formatSpread } from './numbers.ts';
import { jobName, mechanismName, wayName } from './recommendations.ts';

/** Most lines of the block, and columns that it needs. */
export const blockLines = 24;
const columns = 80;
/** Most runtimes, or versions of them, in one part of the block. */
const mostRuntimes = 3;
/** Changes between versions that the block shows. */
const mostChanges = 10;
/** Ways that are shown of a job at least, where there are as many. */
const leastWays = 3;
/** Jobs that the block shows, in this order, with the size that it prefers. */
export const shownJobs = [
  { job: 'pass_a_string', contract: 'utf8_text', variant: 'bytes=36' },
  { job: 'pass_a_buffer', contract: 'bytes_in_place', variant: 'bytes=64' },
  { job: 'sum_a_list', contract: 'array_of_f64', variant: 'elements=1000' },
];
/** Sweeps that say from what size native code pays. */
export const shownSweeps = [
  { task: 'list_sum.refill', title: 'a list' },
  { task: 'buffer.sum', title: 'a kept Float64Array' },
];

/** The block: at most 24 lines of 80 columns, empty where a run answers nothing. */
export function summaryLines(document: Document): string[] {
  const summary = summaryOf(document);
  const parts = [
    ...functionLines(summary),
    ...crossingLines(summary, document.arms),
    ...changePart(summary, document.arms),
    ...jobLines(summary),
    ...payPart(summary, document.arms),
  ];
  if (parts.length === 0) return [];
  const ending = [...noiseLines(summary), ...signLines(summary)];
  const shown = parts.slice(0, blockLines - 1 - ending.length);
  return [titleLine(document), ...shown, ...ending].map((line) => fitted(indented(line)));
}

/** Text without control characters that keeps its indentation. */
function indented(line: string): string {
  const indent = /^ */.exec(line)![0];
  return `${indent}${plainText(line)}`;
}

function fitted(line: string): string {
  return line.length > columns ? `${line.slice(0, columns - 1)}…` : line;
}

function titleLine(document: Document): string {
  const { profile, finished_at: finished } = document.provenance;
  const kind = profile === 'quick'
    ? 'Quick run, nothing is tested'
    : document.method === 'p10'
    ? 'Old method (v1)'
    : finished === null
    ? 'Interrupted run'
    : 'Cost of one call';
  return `${kind}: ${machineText(document.provenance.machine)}`;
}

/** The name of a function that `call` measured, as its library exports it. */
export function calledName(name: string): string {
  return name.replace(/^foreign\./, '');
}

/** What `call` measured: the user's function before all else. */
function functionLines({ functions }: Summary): string[] {
  return functions.slice(0, 2).flatMap(({ name, costs }) => [
    `${calledName(name)}, best first`,
    ...costs.slice(0, 4).map(({ arm, cost }, place) =>
      `  ${arm.label.padEnd(22)}${costText(cost)}${
        place === 0 ? '' : `  ×${formatRatio(cost.value / costs[0]!.cost.value)}`
      }`
    ),
  ]);
}

/** One crossing per runtime beside C, then the runtimes against each other. */
function crossingLines({ crossings, floor, comparisons }: Summary, arms: readonly Arm[]): string[] {
  if (crossings.length === 0) return [];
  const shown = newestOfEach(crossings).slice(0, mostRuntimes + 1);
  const rest = crossings.length - shown.length;
  const beside = (cost: Estimate) =>
    floor && floor.value > 0 ? `  ×${formatRatio(cost.value / floor.value)} of C` : '';
  return [
    `One crossing (an empty call)${rest > 0 ? `; ${rest} older versions in the table` : ''}`,
    ...shown.map(({ arm, cost }) =>
      `  ${laneTitle(arm).padEnd(22)}${costText(cost)}${beside(cost)}`
    ),
    ...floor ? [`  ${'C, without JavaScript'.padEnd(22)}${costText(floor)}`] : [],
    ...comparisons.slice(0, mostRuntimes).map((pair) => `  ${comparisonText(pair, arms)}`),
  ];
}

function laneTitle(arm: Arm): string {
  return arm.mechanism === 'ffi'
    ? runtimeTitle(arm)
    : `${runtimeTitle(arm)} ${mechanismName(arm.mechanism)}`;
}

function costText(cost: Estimate): string {
  const interval = cost.low !== null && cost.high !== null;
  const half = interval ? cost.high! - cost.low! : cost.max - cost.min;
  const share = cost.launches < 2 || cost.value === 0 ? null : half / 2 / cost.value;
  const spread = formatSpread({ share, is: interval ? 'interval' : 'range' });
  return `${formatNs(cost.value).padStart(8)} ${spread.padEnd(5)}`;
}

/** `Bun against Deno: ×0.45 (0.43 to 0.47), 2.2 times faster, certain`. */
export function comparisonText(pair: Pair, arms: readonly Arm[]): string {
  const { arm, base } = pair;
  const [own, other] = [arm, base].map((label) => arms.find((item) => item.label === label));
  const isVersion = own?.runtime === other?.runtime;
  const start = own && other && isVersion
    ? `${runtimeTitle(own)} against ${other.version}`
    : `${own ? runtimeName(own.runtime) : arm} against ${
      other ? runtimeName(other.runtime) : base
    }`;
  return `${start}: ${ratioText(pair)}`;
}

/** `×0.45 (0.43 to 0.47), 2.2 times faster, certain`. */
function ratioText({ ratio, verdict }: Pair): string {
  const interval = ratio.low === null || ratio.high === null
    ? ''
    : ` (${formatRatio(ratio.low)} to ${formatRatio(ratio.high)})`;
  const times = formatRatio(Math.max(ratio.value, 1 / ratio.value));
  const judged = {
    faster: `${times} times faster, certain`,
    slower: `${times} times slower, certain`,
    not_resolved: 'not certain',
    not_tested: 'not tested',
  }[verdict];
  return `×${formatRatio(ratio.value)}${interval}, ${judged}`;
}

/** How other calls changed from the oldest to the newest version of each runtime. */
function changePart({ changes }: Summary, arms: readonly Arm[]): string[] {
  const lines = changes.slice(0, mostChanges).map((pair) => `  ${changeText(pair, arms)}`);
  return lines.length === 0 ? [] : [changesTitle, ...lines];
}

/** Title of how calls changed between versions. */
export const changesTitle = 'Other calls, newest version against oldest';

/** `string_in.encode_into[36] on Bun: ×0.45 (0.43 to 0.47), faster, certain`. */
export function changeText(pair: Pair, arms: readonly Arm[]): string {
  const runtime = arms.find(({ label }) => label === pair.arm)?.runtime ?? pair.arm;
  const text = ratioText(pair).replace(/ [\d.,<]+ times /, ' ');
  return `${pair.case} on ${runtimeName(runtime)}: ${text}`;
}

/** Passing a string, a buffer and a list: the best way of each mechanism, best first. */
function jobLines({ jobs }: Summary): string[] {
  return shownJobs.flatMap((wanted) => {
    const chosen = shownJob(jobs, wanted);
    if (chosen.length === 0) return [];
    const size = variantText(chosen[0]!.found.variant);
    return [
      `${jobName(chosen[0]!.found)}${size === '' ? '' : `, ${size}`}`,
      ...chosen.slice(0, mostRuntimes).map((ranked) => `  ${rankedText(ranked)}`),
    ];
  });
}

/** A job at the size that the block shows of it, for each runtime. */
export function shownJob(
  jobs: readonly RankedJob[],
  { job, contract, variant }: (typeof shownJobs)[number],
): RankedJob[] {
  const own = jobs.filter(({ found }) => found.job === job && found.contract === contract);
  return preferred(own, variant);
}

/** Of the newest versions those of one variant: the preferred one, or what most runtimes have. */
function preferred(own: readonly RankedJob[], variant: string): RankedJob[] {
  const newest = [...Map.groupBy(own, ({ found }) => `${found.runtime}\n${found.variant}`).values()]
    .map((some) => some.toSorted((a, b) => compareVersions(b.found.version, a.found.version))[0]!);
  const variants = [...Map.groupBy(newest, ({ found }) => found.variant)];
  const named = variants.find(([name]) => name === variant) ??
    variants.find(([name]) => name.startsWith(variant)) ??
    variants.toSorted(([, a], [, b]) => b.length - a.length)[0];
  return (named?.[1] ?? []).toSorted((a, b) => a.ways[0]!.way.cost_ns - b.ways[0]!.way.cost_ns);
}

/** `Bun   FFI encodeInto 41.2 ns, Node-API ×1.20, WebAssembly ×1.93`. */
function rankedText({ found, ways }: RankedJob): string {
  const firsts = ways.filter(({ way }, place) =>
    ways.findIndex((other) => other.way.mechanism === way.mechanism) === place
  );
  const others = ways.filter((ranked) => !firsts.includes(ranked));
  const chosen = [...firsts, ...others.slice(0, Math.max(0, leastWays - firsts.length))];
  const parts = ways.filter((ranked) => chosen.includes(ranked)).map((ranked) => {
    const { way, ratio, isTold } = ranked;
    const isSecond = !firsts.includes(ranked);
    const name = ratio === null || isSecond ? wayLabel(way) : mechanismName(way.mechanism);
    const figure = ratio === null
      ? formatNs(way.cost_ns)
      : `×${formatRatio(ratio)}${isTold ? '' : '?'}`;
    return `${name} ${figure}`;
  });
  const start = runtimeName(found.runtime).padEnd(6);
  let text = `${start}${parts[0]}`;
  for (const part of parts.slice(1)) {
    if (text.length + part.length + 4 <= columns) text += `, ${part}`;
  }
  return text;
}

/** A way as the block names it: `FFI encodeInto`. */
export function wayLabel(way: Way): string {
  const name = wayName(way.task);
  return way.mechanism === 'plain' || name === ''
    ? mechanismName(way.mechanism)
    : `${mechanismName(way.mechanism)} ${name}`;
}

/** What the sizes of the lines below it are. */
export const paysTitle = 'Number of elements from which FFI sums faster than JavaScript';

/** From what size native code is faster than JavaScript, per runtime, under their title. */
function payPart(summary: Summary, arms: readonly Arm[]): string[] {
  const lines = payLines(summary, arms);
  if (lines.length === 0) return [];
  /** Lines break after a runtime, and nowhere else. */
  const kept = lines.map((line) => line.replace(/(?<!;) /g, '\u00a0'));
  return [
    paysTitle,
    ...kept.flatMap((line) => wrap(line, columns - 2, '  '))
      .map((line) => `  ${line.replaceAll('\u00a0', ' ')}`),
  ];
}

/** The same, a line for each kind of data, of whatever length. */
export function payLines({ breakEvens }: Summary, arms: readonly Arm[]): string[] {
  return shownSweeps.flatMap(({ task, title }) => {
    const own = breakEvens.filter((item) => item.task === task && item.kind !== 'not_tested');
    const parts = own.slice(0, mostRuntimes).map((item) => {
      const arm = arms.find(({ label }) => label === item.arm);
      return `${arm ? runtimeName(arm.runtime) : item.arm} ${payText(item)}`;
    });
    return parts.length === 0 ? [] : [`${title}: ${parts.join('; ')}`];
  });
}

/** `100 to 1,000`: the sizes between which native code becomes faster; or in words. */
export function payText(found: BreakEvenSize): string {
  const { kind, between, faster, slower, undecided, untested } = found;
  if (kind === 'always') return 'any';
  if (kind === 'never') return 'never';
  if (kind === 'not_tested') return 'not tested';
  if (kind === 'not_resolved') return 'not certain';
  if (between !== null) {
    return kind === 'from'
      ? `${formatCount(between.low)} to ${formatCount(between.high)}`
      : `only up to ${formatCount(between.low)}`;
  }
  const least = faster[0];
  if (least === undefined) return `over ${formatCount(slower.at(-1) ?? 0)}, if at all`;
  if (slower.length > 0) return `only at ${enumerated(faster.map(formatCount))}`;
  const open = [...undecided, ...untested].filter((size) => size > least).sort((a, b) => a - b);
  const where = open.length === 1 ? formatCount(open[0]!) : `${open.length} larger sizes`;
  return `at most ${formatCount(least)}${open.length === 0 ? '' : ` (open at ${where})`}`;
}

/** How much of these figures is noise of the machine. */
export function noiseLines({ noise }: Pick<Summary, 'noise'>): string[] {
  const [half, most] = [spreadWithin(noise, 0.5), spreadWithin(noise, 0.9)];
  if (half === null || most === null) return [];
  const sign = noise.isInterval ? '±' : '~';
  const lost = noise.neverSettled + noise.noFreeCore;
  return [
    `Noise: half of the costs within ${sign}${formatPercent(half)}, 9 of 10 within ` +
    `${sign}${formatPercent(most)}${lostText(noise, lost)}`,
  ];
}

function lostText({ launches }: Noise, lost: number): string {
  return lost === 0 ? '' : `; ${formatCount(lost)}/${formatCount(launches)} launches lost`;
}

/** What the signs of the block mean. */
function signLines({ jobs }: Summary): string[] {
  if (jobs.length === 0) return [];
  const isTested = jobs.some((ranked) => ranked.isTested);
  return [
    `×: times the cost of the best way. ?: ${
      isTested ? 'this run cannot tell the two apart' : 'not tested, too few launches'
    }.`,
  ];
}
