/**
 * Recommendations: for each job that the catalogue does in several ways, the fastest one on each
 * runtime at each size, as a sentence that a library author can act on.
 */
import { formatCount, formatNs } from './format.ts';
import { areTwins } from './pairs.ts';
import { type CaseLaunches, keyOf, type Row } from './rows.ts';
import type { Arm, Params } from './schema.ts';
import type { CaseFigures, Estimate } from './schema_derived.ts';
import type { Recommendation } from './schema_findings.ts';
import { variantOf } from './sweeps.ts';

/** A job, and the tasks that do it; a task that only sets a floor is none of them. */
interface Job {
  readonly job: string;
  /** What to do, by task. */
  readonly ways: Readonly<Record<string, string>>;
  /** What plain JavaScript does instead, where it does the same job. */
  readonly plain?: string;
}

const jobs: readonly Job[] = [
  {
    job: 'pass a string',
    ways: {
      'string_in.encode': 'encode it into a fresh array',
      'string_in.encode_into': 'refill one buffer with TextEncoder.encodeInto',
      'string_in.refill': 'refill one buffer, short ASCII by a loop and the rest by an encoder',
      'string_in.direct': 'pass the string itself and let the runtime convert it',
      'string_in.utf16': 'write its UTF-16 units into one buffer',
    },
  },
  {
    job: 'get a string back',
    ways: {
      'string_out.c_string': 'return a C string and read it with the reader of the runtime',
      'string_out.with_length': 'fill one buffer and decode it with TextDecoder',
    },
  },
  {
    job: 'pass 64 bits',
    ways: {
      'call.u64_bigint': 'use a BigInt',
      'call.u64_number': 'pass a Number',
      'call.u64_fast': 'take the result as a Number where it is safe',
      'call.u64_by_ref': 'pass them through a buffer',
    },
  },
  {
    job: 'pass a struct',
    ways: {
      'struct.by_value': 'pass it by value',
      'struct.by_pointer': 'pack it into one buffer',
    },
  },
  {
    job: 'sum a list of numbers',
    ways: {
      'list_sum.from': 'convert it with Float64Array.from and make one call',
      'list_sum.refill': 'copy it into one kept Float64Array and make one call',
      'list_sum.per_element': 'call once per element',
      'list_sum.json': 'pass it as JSON',
    },
    plain: 'stay in plain JavaScript',
  },
  {
    job: 'sum numbers that already lie in memory',
    ways: {
      'buffer.sum': 'keep a Float64Array and pass it',
      'handle.sum': 'keep them in native memory and pass a handle',
    },
    plain: 'stay in plain JavaScript',
  },
];

interface Way {
  readonly text: string;
  readonly own: CaseLaunches;
  readonly cost: Estimate;
  readonly sustained: Estimate;
}

/** The fastest way of every job, per runtime and shared params, where two or more were measured. */
export function recommendationsOf(
  rows: readonly Row[],
  figures: readonly CaseFigures[],
): Recommendation[] {
  const figuresOf = new Map(figures.map((item) => [keyOf(item), item]));
  const cases = rows.flatMap((row) => row.cases);
  return jobs.flatMap((job) => {
    const ways = cases.flatMap((own) => wayOf(job, own, figuresOf.get(keyOf(own.case))));
    const groups = Map.groupBy(
      ways,
      ({ own }) => `${runtimeKey(own.arm)}\n${variantOf(own.case.params)}`,
    );
    return [...groups.values()].map(withoutTwins).filter(isChoice)
      .map((group) => recommend(job, group));
  });
}

/** A runtime as sentences name it: `Deno 2.9.6`. */
export function runtimeTitle({ runtime, version }: Arm): string {
  return `${runtime.charAt(0).toUpperCase()}${runtime.slice(1)} ${version}`;
}

function wayOf(job: Job, own: CaseLaunches, figures: CaseFigures | undefined): Way[] {
  if (own.arm.runtime === 'native') return [];
  const native = job.ways[own.case.task];
  const text = own.arm.mechanism === 'plain' ? native && job.plain : native;
  const { cost_ns: cost, sustained_ns: sustained } = figures ?? {};
  return text && cost && sustained && !own.case.folded ? [{ text, own, cost, sustained }] : [];
}

function runtimeKey({ runtime, version, path }: Arm): string {
  return JSON.stringify([runtime, version, path]);
}

function withoutTwins(ways: readonly Way[]): Way[] {
  return ways.filter(({ own }, index) =>
    !ways.slice(0, index).some((other) =>
      other.own.case.task === own.case.task && areTwins(other.own.arm, own.arm)
    )
  );
}

function isChoice(ways: readonly Way[]): boolean {
  return new Set(ways.map(({ text }) => text)).size > 1;
}

function recommend({ job }: Job, ways: readonly Way[]): Recommendation {
  const ranked = ways.toSorted((a, b) => paid(a) - paid(b));
  const best = bestOf(ranked);
  const next = ranked.find(({ text }) => text !== best.text)!;
  const params = best.own.case.params;
  const rest = mayBeEqual(best, next)
    ? `this run cannot tell it from the next (${next.text}: ${timeOf(next)})`
    : `the next best takes ${timeOf(next)} (${next.text})`;
  return {
    job,
    runtime: best.own.arm.runtime,
    version: best.own.arm.version,
    variant: variantOf(params),
    case: best.own.case.case,
    arm: best.own.arm.label,
    cost_ns: best.cost.value,
    sustained_ns: best.sustained.value,
    sentence: `To ${job}${sizeText(params)} on ${runtimeTitle(best.own.arm)}, ${best.text}` +
      `${mechanismText(best.own.arm)}: ${timeOf(best)}; ${rest}.`,
  };
}

/**
 * The best of ranked ways: of those that this run cannot tell from the first, the one that is
 * cheapest in the middle of its launches, since one lucky launch makes a low end.
 */
function bestOf(ranked: readonly Way[]): Way {
  const [first] = ranked as [Way, ...Way[]];
  return ranked.filter((way) => mayBeEqual(first, way))
    .reduce((best, way) => way.sustained.value < best.sustained.value ? way : best);
}

/**
 * What ways are ranked by: sustained, because garbage collection is part of what a program pays, at
 * the low end of its interval, because a disturbed launch is not.
 */
function paid({ sustained }: Way): number {
  return sustained.low ?? sustained.min;
}

/** Whether the intervals of two ways overlap, or their ranges where there are no intervals. */
function mayBeEqual(a: Way, b: Way): boolean {
  return (a.sustained.high ?? a.sustained.max) >= paid(b);
}

function timeOf({ cost, sustained }: Way): string {
  const differ = sustained.value > cost.value * 1.1;
  return differ
    ? `${formatNs(cost.value)}, sustained ${formatNs(sustained.value)}`
    : formatNs(cost.value);
}

function mechanismText({ mechanism }: Arm): string {
  return mechanism === 'plain' || mechanism === 'ffi' ? '' : ` through ${mechanism}`;
}

function sizeText(params: Params): string {
  const parts = Object.entries(params).map(([name, value]) =>
    typeof value === 'number' ? `${formatCount(value)} ${name}` : `${name} ${value}`
  );
  return parts.length === 0 ? '' : ` (${parts.join(', ')})`;
}
