/**
 * For each job and contract of the catalogue, the ways that a run measured on each runtime, by
 * cost: over all mechanisms, and only among ways that give the C side the same.
 */
import { type Job, jobs } from '../catalogue/jobs.ts';
import { keyOf } from '../results/keys.ts';
import type { Arm, Params } from '../results/schema.ts';
import type { Recommendation, Way } from '../results/schema_conclusions.ts';
import type { CaseFigures } from '../results/schema_derived.ts';
import type { Estimator } from '../stats/estimators.ts';
import { benjaminiHochberg } from '../stats/false_discovery.ts';
import { canTellApart, rankSumP } from '../stats/rank_sum.ts';
import { rounded } from '../stats/rounded.ts';
import { areTwins } from './arms.ts';
import { falseDiscoveryRate } from './pairs.ts';
import { type CaseLaunches, costsOf, type Row } from './rows.ts';
import { variantOf } from './sweeps.ts';

interface Candidate {
  readonly own: CaseLaunches;
  readonly figures: CaseFigures;
  readonly costs: readonly number[];
}

type Draft = Omit<Recommendation, 'p_adjusted' | 'because'> & { readonly p: number | null };

/** The ways of every job, per runtime and shared params, where two or more were measured. */
export function recommendationsOf(
  rows: readonly Row[],
  figures: readonly CaseFigures[],
  withVerdicts: boolean,
  estimator: Estimator,
): Recommendation[] {
  const figuresOf = new Map(figures.map((item) => [keyOf(item), item]));
  const all = rows.flatMap((row) => row.cases).flatMap((own): Candidate[] => {
    const found = figuresOf.get(keyOf(own.case));
    const isOffered = found?.cost_ns && found.sustained_ns && !own.case.folded &&
      // Jobs are those of programs in JavaScript.
      own.arm.runtime !== 'native' && own.arm.runtime !== 'cpython';
    return isOffered ? [{ own, figures: found, costs: costsOf(own, estimator) }] : [];
  });
  const drafts = jobs.flatMap((job) => {
    const offered = withoutTwins(all.filter((one) => isWayOf(job, one)));
    return [...Map.groupBy(offered, ({ own }) => runtimeKey(own.arm)).values()]
      .flatMap((ofRuntime) => groupsOf(ofRuntime, job)).map(withOnePlain).filter(isChoice)
      .map(({ variant, ways }) => draftOf(job, variant, ways, withVerdicts));
  });
  const tested = drafts.filter(({ p }) => p !== null);
  const adjusted = benjaminiHochberg(tested.map(({ p }) => p!));
  return drafts.map(({ p, ...draft }): Recommendation => {
    if (p === null) return { ...draft, p_adjusted: null, because: 'launches_too_few' };
    const ownP = adjusted[tested.findIndex((other) => other.ways === draft.ways)]!;
    return {
      ...draft,
      p_adjusted: rounded(ownP),
      because: ownP > falseDiscoveryRate ? 'not_told_apart' : null,
    };
  });
}

function isWayOf({ tasks, plain }: Job, { own }: Candidate): boolean {
  return tasks.includes(own.case.task) && (own.arm.mechanism !== 'plain' || plain);
}

function runtimeKey({ runtime, version, path }: Arm): string {
  return JSON.stringify([runtime, version, path]);
}

function withoutTwins(ways: readonly Candidate[]): Candidate[] {
  return ways.filter(({ own }, index) =>
    !ways.slice(0, index).some((other) =>
      other.own.case.case === own.case.case && areTwins(other.own.arm, own.arm)
    )
  );
}

interface Group {
  readonly variant: string;
  readonly ways: readonly Candidate[];
}

/**
 * Ways that do the same at the same size. A way without a param that only says what becomes of the
 * answer stands beside all its values: a Number beside a BigInt whose answer is consumed, and
 * beside one whose answer escapes.
 */
function groupsOf(offered: readonly Candidate[], { fates = [] }: Job): Group[] {
  const fits = ({ own: { case: { params: own } } }: Candidate, params: Params) =>
    Object.keys({ ...own, ...params })
      .every((name) => own[name] === params[name] || (fates.includes(name) && !(name in own)));
  const variants = new Map(
    offered.map(({ own: { case: { params } } }) => [variantOf(params), params]),
  );
  const groups = [...variants].map(([variant, params]) => ({
    variant,
    ways: offered.filter((way) => fits(way, params)),
  }));
  const isWithin = ({ ways }: Group, other: Group) =>
    other.ways.length > ways.length && ways.every((way) => other.ways.includes(way));
  return groups.filter((group) => !groups.some((other) => isWithin(group, other)));
}

/** Plain JavaScript is one way, however many tasks have it as their twin. */
function withOnePlain({ variant, ways }: Group): Group {
  const plain = ways.find(({ own }) => own.arm.mechanism === 'plain');
  return {
    variant,
    ways: ways.filter((way) => way === plain || way.own.arm.mechanism !== 'plain'),
  };
}

/** Whether there are two ways, by task or by mechanism. */
function isChoice({ ways }: Group): boolean {
  return ways.length > 1;
}

function draftOf(
  { job, contract }: Job,
  variant: string,
  ways: readonly Candidate[],
  withVerdicts: boolean,
): Draft {
  const ranked = ways.toSorted((a, b) => a.figures.cost_ns!.value - b.figures.cost_ns!.value);
  const [first, second] = ranked as [Candidate, Candidate, ...Candidate[]];
  const isTested = withVerdicts &&
    canTellApart(first.costs.length, second.costs.length, falseDiscoveryRate);
  return {
    job,
    contract,
    runtime: first.own.arm.runtime,
    version: first.own.arm.version,
    variant,
    ways: ranked.map(wayOf),
    p: isTested ? rankSumP(first.costs, second.costs) : null,
  };
}

function wayOf({ own, figures }: Candidate): Way {
  const { cost_ns: cost, contended_ns: contended, sustained_ns: sustained } = figures;
  return {
    task: own.case.task,
    case: own.case.case,
    arm: own.arm.label,
    mechanism: own.arm.mechanism,
    cost_ns: cost!.value,
    low_ns: cost!.low,
    high_ns: cost!.high,
    contended_ns: contended?.value ?? null,
    sustained_ns: sustained!.value,
  };
}
