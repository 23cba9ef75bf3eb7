/**
 * Comparisons between arms of the same task and params, by pairs of launches of the same rounds,
 * and the noise floor under which no verdict is given.
 */
import type {
  CaseFigures,
  Derived,
  NoiseFloor,
  Pair,
  PairReason,
  Verdict,
} from '../results/schema_derived.ts';
import { keyOf } from '../results/keys.ts';
import { type Estimator, logRatios } from '../stats/estimators.ts';
import { benjaminiHochberg } from '../stats/false_discovery.ts';
import { fewestPairs, signTest } from '../stats/order_interval.ts';
import { quantile } from '../stats/quantiles.ts';
import { rounded } from '../stats/rounded.ts';
import { areTwins, areVersions, sameBinary } from './arms.ts';
import { type CaseLaunches, costsOf, pairedCosts, type Row } from './rows.ts';
import type { Arm } from '../results/schema.ts';

/** Level of the tests, and expected share of false verdicts among the verdicts of a run. */
export const falseDiscoveryRate = 0.05;

/** Two cases of a row that are compared, or that are the same binary under two labels. */
interface Comparison {
  readonly arm: CaseLaunches;
  readonly base: CaseLaunches;
  readonly control: boolean;
}

/** The comparison of launches of the same rounds: figures without a verdict. */
export interface RatioFigures {
  readonly rounds: number;
  /** Median of the logarithms of cost of arm over cost of base. */
  readonly logRatio: number;
  readonly low: number | null;
  readonly high: number | null;
  readonly coverage: number | null;
  readonly p: number;
}

interface Judged {
  readonly row: string;
  readonly comparison: Comparison;
  readonly ratio: RatioFigures;
}

/**
 * All pairs of a run with their verdicts, and the noise floors. `withVerdicts` is false for the
 * quick profile, whose few rounds decide nothing.
 */
export function pairsOf(
  rows: readonly Row[],
  figures: readonly CaseFigures[],
  withVerdicts: boolean,
  estimator: Estimator,
): Pick<Derived, 'pairs' | 'noise_floors' | 'run_noise_floor'> {
  const judged = rows.flatMap((row) =>
    comparisonsOf(row, estimator).flatMap((comparison): Judged[] => {
      const ratio = ratioOf(comparison.arm, comparison.base, estimator);
      return ratio ? [{ row: row.name, comparison, ratio }] : [];
    })
  );
  const floors = floorsOf(judged);
  const runFloor = runFloorOf(judged);
  const tested = judged.filter((item) => whyNotTested(item, withVerdicts) === null);
  const adjusted = benjaminiHochberg(tested.map(({ ratio }) => ratio.p));
  const adjustedOf = new Map(tested.map((item, index) => [item, adjusted[index]!]));
  const floorOf = new Map(floors.map((floor) => [floor.case, floor.ratio]));
  const costOf = new Map(figures.map((item) => [keyOf(item), item.cost_ns?.value ?? null]));
  const pairs = judged.map((item): Pair => {
    const adjustedP = adjustedOf.get(item) ?? null;
    const floor = Math.max(floorOf.get(item.row) ?? 1, runFloor?.ratio ?? 1);
    const untested = whyNotTested(item, withVerdicts);
    const judgement: Judgement = adjustedP === null
      ? { verdict: 'not_tested', because: untested }
      : judge(item.ratio, adjustedP, floor);
    return {
      ...pairFigures(item, costOf),
      p_adjusted: adjustedP && rounded(adjustedP),
      ...judgement,
    };
  });
  return { pairs, noise_floors: floors, run_noise_floor: runFloor };
}

/**
 * Ratio of two cases over the rounds in which both have a cost; null where there is no such round,
 * or every one has a cost of zero.
 */
export function ratioOf(
  arm: CaseLaunches,
  base: CaseLaunches,
  estimator: Estimator,
): RatioFigures | null {
  const logs = logRatios(pairedCosts(arm, base, estimator), estimator.skipsSlowRounds);
  if (logs.length === 0) return null;
  const { median, interval, p } = signTest(logs);
  return {
    rounds: logs.length,
    logRatio: median,
    low: interval && interval.low,
    high: interval && interval.high,
    coverage: interval && interval.coverage,
    p,
  };
}

/**
 * The comparisons of a row: every arm with the first, the ffi lanes among each other, every lane
 * with the plain twin of its binary and with its other versions, and each second label of a binary
 * with the first (an A/A control). A folded twin takes part in none.
 */
function comparisonsOf(row: Row, estimator: Estimator): Comparison[] {
  const usable = row.cases.filter((own) => !own.case.folded && costsOf(own, estimator).length > 0);
  const originals: CaseLaunches[] = [];
  const controls: Comparison[] = [];
  for (const own of usable) {
    const original = originals.find((other) => areTwins(other.arm, own.arm));
    if (original) controls.push({ arm: own, base: original, control: true });
    else originals.push(own);
  }
  const comparisons = originals.flatMap((arm, index) =>
    originals.slice(0, index)
      .filter((base, baseIndex) =>
        baseIndex === 0 ? !isOtherVersion(arm.arm, base.arm) : isWorthComparing(arm.arm, base.arm)
      )
      .map((base) => oriented(arm, base))
  );
  return [...comparisons, ...controls];
}

/** Whether two arms differ in lane and in version at once, so that no ratio says which it was. */
function isOtherVersion(a: Arm, b: Arm): boolean {
  return a.runtime === b.runtime && a.lane !== b.lane && !sameBinary(a, b);
}

function isWorthComparing(a: Arm, b: Arm): boolean {
  if (isOtherVersion(a, b)) return false;
  if (a.mechanism === 'ffi' && b.mechanism === 'ffi') return true;
  if (areVersions(a, b)) return true;
  return sameBinary(a, b) && (a.mechanism === 'plain') !== (b.mechanism === 'plain');
}

/** The plain twin of a lane is always the base; else the arm that was named first. */
function oriented(arm: CaseLaunches, base: CaseLaunches): Comparison {
  const swapped = arm.arm.mechanism === 'plain' && base.arm.mechanism !== 'plain' &&
    sameBinary(arm.arm, base.arm);
  return swapped ? { arm: base, base: arm, control: false } : { arm, base, control: false };
}

function floorsOf(judged: readonly Judged[]): NoiseFloor[] {
  const byRow = Map.groupBy(
    judged.filter(({ comparison }) => comparison.control),
    ({ row }) => row,
  );
  return [...byRow].map(([row, items]) => ({
    case: row,
    arms: [...new Set(items.flatMap(({ comparison: { arm, base } }) => [arm, base]))]
      .map((own) => own.arm.label),
    rounds: Math.min(...items.map(({ ratio }) => ratio.rounds)),
    ratio: rounded(Math.max(...items.map(sizeOf))),
  }));
}

function runFloorOf(judged: readonly Judged[]): Derived['run_noise_floor'] {
  const sizes = judged.filter(({ comparison }) => comparison.control).map(sizeOf);
  if (sizes.length === 0) return null;
  return {
    ratio: rounded(quantile(sizes, 0.95)),
    most: rounded(Math.max(...sizes)),
    comparisons: sizes.length,
  };
}

/** A ratio as a number from 1 up, whichever side costs more. */
function sizeOf({ ratio }: Judged): number {
  return Math.exp(Math.abs(ratio.logRatio));
}

interface Judgement {
  readonly verdict: Verdict;
  readonly because: PairReason | null;
}

function whyNotTested({ comparison, ratio }: Judged, withVerdicts: boolean): PairReason | null {
  if (comparison.control) return 'control';
  if (!withVerdicts) return 'profile_without_verdicts';
  return ratio.rounds < fewestPairs(falseDiscoveryRate) ? 'rounds_too_few' : null;
}

function judge({ logRatio, p }: RatioFigures, adjustedP: number, floor: number): Judgement {
  if (p > falseDiscoveryRate) return { verdict: 'not_resolved', because: 'interval_holds_one' };
  if (adjustedP > falseDiscoveryRate) {
    return { verdict: 'not_resolved', because: 'not_after_correction' };
  }
  if (Math.abs(logRatio) <= Math.log(floor)) {
    return { verdict: 'not_resolved', because: 'within_noise_floor' };
  }
  return { verdict: logRatio < 0 ? 'faster' : 'slower', because: null };
}

function pairFigures(
  { row, comparison: { arm, base }, ratio }: Judged,
  costOf: ReadonlyMap<string, number | null>,
): Omit<Pair, 'p_adjusted' | 'verdict' | 'because'> {
  const [own, other] = [arm, base].map((one) => costOf.get(keyOf(one.case)) ?? null);
  const ofCosts = own !== null && other ? rounded(own! / other) : null;
  const [low, high] = [ratioAt(ratio.low), ratioAt(ratio.high)];
  return {
    case: row,
    arm: arm.arm.label,
    base: base.arm.label,
    rounds: ratio.rounds,
    ratio: {
      value: rounded(Math.exp(ratio.logRatio)),
      low,
      high,
      coverage: ratio.coverage === null ? null : rounded(ratio.coverage),
    },
    of_costs: ofCosts,
    costs_disagree: isOutside(ofCosts, low, high),
    p: rounded(ratio.p),
  };
}

function ratioAt(log: number | null): number | null {
  return log === null ? null : rounded(Math.exp(log));
}

function isOutside(value: number | null, low: number | null, high: number | null): boolean {
  return value !== null && low !== null && high !== null && (value < low || value > high);
}
