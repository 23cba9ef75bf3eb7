/**
 * What a reader asks of a run first: what one crossing costs beside C, how two runtimes compare,
 * which way of passing data is best, from what size native code pays, and how noisy the machine
 * was.
 */
import { casesOf } from '../catalogue/profiles.ts';
import { keyOf } from '../results/keys.ts';
import type { Arm, Document } from '../results/schema.ts';
import type { BreakEvenSize, Recommendation, Way } from '../results/schema_conclusions.ts';
import type { CaseFigures, Estimate, Pair } from '../results/schema_derived.ts';
import { costEstimators } from '../stats/estimators.ts';
import { benjaminiHochberg } from '../stats/false_discovery.ts';
import { quantile } from '../stats/quantiles.ts';
import { canTellApart, rankSumP } from '../stats/rank_sum.ts';
import { withoutTwins } from './arms.ts';
import { pairBetween } from './pair_between.ts';
import { falseDiscoveryRate } from './pairs.ts';
import { costsOf, rowsOf } from './rows.ts';

/** The cost of one case in one arm. */
export interface ArmCost {
  readonly arm: Arm;
  readonly cost: Estimate;
}

/** A way of doing a job beside the best one. */
export interface RankedWay {
  readonly way: Way;
  /** Cost over that of the best way; null for the best way itself. */
  readonly ratio: number | null;
  /** Whether the launches tell the two apart, after correction over all ways of the run. */
  readonly isTold: boolean;
}

/** The ways of one job on one runtime, best first. */
export interface RankedJob {
  readonly found: Recommendation;
  /** False where the launches are too few to tell any two ways apart. */
  readonly isTested: boolean;
  readonly ways: readonly RankedWay[];
}

/** The costs of one function that `call` measured, best first. */
export interface CalledFunction {
  readonly name: string;
  readonly costs: readonly ArmCost[];
}

/** How much to believe of a run. */
export interface Noise {
  /** Half intervals over costs, or half ranges where launches are too few for intervals. */
  readonly spreads: readonly number[];
  readonly isInterval: boolean;
  readonly launches: number;
  readonly neverSettled: number;
  readonly noFreeCore: number;
}

/** The answers. Every part may be empty: a run answers what it measured. */
export interface Summary {
  readonly functions: readonly CalledFunction[];
  /** One lane per runtime and version, cheapest first. */
  readonly crossings: readonly ArmCost[];
  /** The same call in machine code. */
  readonly floor: Estimate | null;
  /** The call of one runtime against another's, and of its newest version against its oldest. */
  readonly comparisons: readonly Pair[];
  /** The newest version of each runtime against its oldest, in every other case. */
  readonly changes: readonly Pair[];
  readonly jobs: readonly RankedJob[];
  readonly breakEvens: readonly BreakEvenSize[];
  readonly noise: Noise;
}

const crossing = 'call.noop';
/** Tasks of the functions that `call` measures. */
const called = 'foreign.';

/** The answers that a document holds. */
export function summaryOf(document: Document): Summary {
  const crossings = crossingsOf(document);
  return {
    functions: functionsOf(document),
    crossings,
    floor: costsIn(document, crossing).find(({ arm }) => arm.runtime === 'native')?.cost ?? null,
    comparisons: comparisonsOf(document, crossings),
    changes: changesOf(document, crossings),
    jobs: rankedJobs(document),
    breakEvens: document.derived.break_even.filter(({ arm }) =>
      document.arms.find(({ label }) => label === arm)?.mechanism === 'ffi'
    ),
    noise: noiseOf(document),
  };
}

/** Whether a case is one of those that the default profile measures to answer the questions. */
export function answersQuestions(name: string): boolean {
  return casesOf('default').includes(name);
}

function costsIn({ arms, derived }: Document, name: string): ArmCost[] {
  return withoutTwins(arms).flatMap((arm) => {
    const cost = derived.cases.find((item) => item.case === name && item.arm === arm.label)
      ?.cost_ns;
    return cost ? [{ arm, cost }] : [];
  });
}

function byCost(a: ArmCost, b: ArmCost): number {
  return a.cost.value - b.cost.value;
}

/** The ffi lane of every runtime and version, or its cheapest lane where it has no such one. */
function crossingsOf(document: Document): ArmCost[] {
  const lanes = costsIn(document, crossing)
    .filter(({ arm }) => arm.runtime !== 'native' && arm.mechanism !== 'plain');
  const binaries = Map.groupBy(lanes, ({ arm }) => `${arm.runtime} ${arm.version}`);
  return [...binaries.values()].map((own) =>
    own.find(({ arm }) => arm.mechanism === 'ffi') ?? own.toSorted(byCost)[0]!
  ).sort(byCost);
}

/** Every function that `call` measured, at its largest size. */
function functionsOf(document: Document): CalledFunction[] {
  const names = new Map(
    document.cases.filter(({ task }) => task.startsWith(called)).map((item) =>
      [item.task, item.case] as const
    ),
  );
  return [...names.values()].map((name) => ({
    name,
    costs: costsIn(document, name).sort(byCost),
  })).filter(({ costs }) => costs.length > 0);
}

/**
 * Bun against Deno, of each the newest version; and where a runtime stands in several versions, its
 * newest against its oldest.
 */
function comparisonsOf({ derived }: Document, crossings: readonly ArmCost[]): Pair[] {
  const newest = newestOfEach(crossings);
  const [bun, deno] = ['bun', 'deno'].map((name) => newest.find(({ arm }) => arm.runtime === name));
  const wanted = [
    ...bun && deno ? [[bun.arm, deno.arm] as const] : [],
    ...endsOfVersions(crossings.map(({ arm }) => arm)),
  ];
  return wanted.flatMap(([own, base]) =>
    pairBetween(derived.pairs, crossing, own.label, base.label) ?? []
  );
}

/** Of each runtime that stands in several versions the newest and the oldest. */
function endsOfVersions(arms: readonly Arm[]): (readonly [newest: Arm, oldest: Arm])[] {
  return [...Map.groupBy(arms, ({ runtime }) => runtime).values()].flatMap((own) => {
    const sorted = own.toSorted((a, b) => compareVersions(a.version, b.version));
    const [oldest, newest] = [sorted[0]!, sorted.at(-1)!];
    return newest.version === oldest.version ? [] : [[newest, oldest] as const];
  });
}

/** What the newest version of a runtime takes of the oldest one's time, for every other case. */
function changesOf(document: Document, crossings: readonly ArmCost[]): Pair[] {
  const ends = endsOfVersions(crossings.map(({ arm }) => arm));
  const names = [...new Set(document.cases.map((item) => item.case))]
    .filter((name) => name !== crossing);
  return names.flatMap((name) =>
    ends.flatMap(([newest, oldest]) =>
      pairBetween(document.derived.pairs, name, newest.label, oldest.label) ?? []
    )
  );
}

/** Of several versions of a runtime the newest; runtimes stay in their order. */
export function newestOfEach(crossings: readonly ArmCost[]): ArmCost[] {
  return [...Map.groupBy(crossings, ({ arm }) => arm.runtime).values()].map((own) =>
    own.toSorted((a, b) => compareVersions(b.arm.version, a.arm.version))[0]!
  );
}

/** Negative where the first version is the older one. */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [a, b].map((version) => version.split(/[.-]/).map(Number));
  const place = left!.findIndex((part, index) => part !== right![index]);
  return place < 0 ? 0 : left![place]! - (right![place] ?? 0);
}

/** Every job with its ways; the second way has the verdict of the recommendation itself. */
function rankedJobs(document: Document): RankedJob[] {
  const estimator = costEstimators[document.method];
  const costs = new Map(
    rowsOf(document).flatMap(({ cases }) => cases)
      .map((own) => [keyOf(own.case), costsOf(own, estimator)] as const),
  );
  const of = (way: Way) => costs.get(keyOf(way)) ?? [];
  const { recommendations } = document.derived;
  const tests = recommendations.filter(({ because }) => because !== 'launches_too_few')
    .flatMap(({ ways: [best, , ...others] }) =>
      others.filter((way) => canTellApart(of(best!).length, of(way).length, falseDiscoveryRate))
        .map((way) => ({ way, p: rankSumP(of(best!), of(way)) }))
    );
  const adjusted = benjaminiHochberg(tests.map(({ p }) => p));
  const told = new Set(
    tests.filter((_, index) => adjusted[index]! <= falseDiscoveryRate).map(({ way }) => way),
  );
  return recommendations.map((found) => ({
    found,
    isTested: found.because !== 'launches_too_few',
    ways: found.ways.map((way, place) => ({
      way,
      ratio: place === 0 ? null : way.cost_ns / found.ways[0]!.cost_ns,
      isTold: place === 1 ? found.because === null : told.has(way),
    })),
  }));
}

function noiseOf({ cases, derived }: Document): Noise {
  const folded = new Set(cases.filter((item) => item.folded).map(keyOf));
  const figures = derived.cases.filter((item) => !folded.has(keyOf(item)));
  const intervals = figures.flatMap(({ precision }) => precision === null ? [] : [precision]);
  const sum = (count: (launches: CaseFigures['launches']) => number) =>
    derived.cases.reduce((total, { launches }) => total + count(launches), 0);
  return {
    spreads: intervals.length > 0
      ? intervals
      : figures.flatMap(({ cost_ns: cost }) =>
        cost && cost.value > 0 && cost.launches > 1 ? [(cost.max - cost.min) / 2 / cost.value] : []
      ),
    isInterval: intervals.length > 0,
    launches: sum(({ done }) => done),
    neverSettled: sum(({ never_settled: count }) => count),
    noFreeCore: sum(({ no_free_core: count }) => count),
  };
}

/** The spread that a share of the costs stays within; null where there are none. */
export function spreadWithin({ spreads }: Noise, share: number): number | null {
  return spreads.length === 0 ? null : quantile(spreads, share);
}
