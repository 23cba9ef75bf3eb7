/**
 * Comparisons between arms of the same task and params, by pairs of launches of the same rounds,
 * and the noise floor under which no verdict is given.
 */
import { costEstimator, type Estimator, logRatios, quantilePlaces } from '../stats/estimators.ts';
import { benjaminiHochberg } from '../stats/false_discovery.ts';
import { fewestPairs, signTest } from '../stats/order_interval.ts';
import { quantile } from '../stats/quantiles.ts';
import { rounded } from './rounded.ts';
import { type CaseLaunches, type DoneLaunch, type Row, sameRounds } from './rows.ts';
import type { Arm } from './schema.ts';
import type { Derived, NoiseFloor, Pair, Verdict } from './schema_derived.ts';

/** Expected share of false verdicts among the verdicts of a run. */
export const falseDiscoveryRate = 0.05;

/** Whether two arms run the same binary of a runtime. */
export function sameBinary(a: Arm, b: Arm): boolean {
  return a.runtime === b.runtime && a.path === b.path && a.version === b.version;
}

/** Two cases of a row that are worth a sentence, or that are the same binary under two labels. */
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
  /** Logarithms of the least and the greatest ratio of a round. */
  readonly least: number;
  readonly greatest: number;
  readonly p: number;
}

/**
 * All pairs of a run with their verdicts, and the noise floors. `withVerdicts` is false for the
 * quick profile, whose few rounds decide nothing.
 */
export function pairsOf(
  rows: readonly Row[],
  withVerdicts: boolean,
  estimator: Estimator = costEstimator,
): Pick<Derived, 'pairs' | 'noise_floors' | 'run_noise_floor'> {
  const judged = rows.flatMap((row) =>
    comparisonsOf(row).flatMap((comparison) => {
      const ratio = ratioOf(comparison.arm.done, comparison.base.done, estimator);
      return ratio ? [{ row: row.name, comparison, ratio }] : [];
    })
  );
  const floors = floorsOf(judged);
  const runFloor = runFloorOf(judged);
  const family = judged.filter(({ comparison, ratio }) =>
    withVerdicts && !comparison.control && ratio.rounds >= fewestPairs(falseDiscoveryRate)
  );
  const adjusted = benjaminiHochberg(family.map(({ ratio }) => ratio.p));
  const adjustedOf = new Map(family.map((item, index) => [item, adjusted[index]!]));
  const floorOf = new Map(floors.map((floor) => [floor.case, floor.ratio]));
  const pairs = judged.map((item) => {
    const { row, comparison, ratio } = item;
    const adjustedP = adjustedOf.get(item) ?? null;
    const floor = floorOf.get(row) ?? runFloor?.ratio ?? 1;
    const judgement = adjustedP === null
      ? undecided(comparison, ratio, withVerdicts)
      : judge(ratio, adjustedP, floor);
    return pairOf(row, comparison, ratio, adjustedP, judgement);
  });
  return { pairs, noise_floors: floors, run_noise_floor: runFloor };
}

/**
 * Ratio of two cases over the rounds both finished; null where there is no such round, or every one
 * has a cost of zero.
 */
export function ratioOf(
  arm: readonly DoneLaunch[],
  base: readonly DoneLaunch[],
  estimator: Estimator = costEstimator,
): RatioFigures | null {
  const place = quantilePlaces[estimator.quantile];
  const costs = sameRounds(arm, base).map(([a, b]) =>
    [a.measured.quantiles_ns[place]!, b.measured.quantiles_ns[place]!] as const
  );
  const logs = logRatios(costs, estimator.skipsSlowRounds);
  if (logs.length === 0) return null;
  const { median, interval, p } = signTest(logs);
  return {
    rounds: logs.length,
    logRatio: median,
    low: interval && interval.low,
    high: interval && interval.high,
    coverage: interval && interval.coverage,
    least: Math.min(...logs),
    greatest: Math.max(...logs),
    p,
  };
}

/** Whether two arms are the same binary, flags and library under two labels. */
export function areTwins(a: Arm, b: Arm): boolean {
  return a.label !== b.label && identityOf(a) === identityOf(b);
}

function identityOf({ lane, path, version, flags, library }: Arm): string {
  return JSON.stringify([lane, path, version, flags, library?.sha256 ?? null]);
}

/**
 * The comparisons of a row: every arm with the first, the ffi lanes among each other, every lane
 * with the plain twin of its runtime, and each second label of a binary with the first (an A/A
 * control). A folded twin takes part in none.
 */
function comparisonsOf(row: Row): Comparison[] {
  const usable = row.cases.filter((own) => own.done.length > 0 && !own.case.folded);
  const originals: CaseLaunches[] = [];
  const controls: Comparison[] = [];
  for (const own of usable) {
    const original = originals.find((other) => areTwins(other.arm, own.arm));
    if (original) controls.push({ arm: own, base: original, control: true });
    else originals.push(own);
  }
  const comparisons = originals.flatMap((arm, index) =>
    originals.slice(0, index)
      .filter((base, baseIndex) => baseIndex === 0 || isWorthComparing(arm.arm, base.arm))
      .map((base) => oriented(arm, base))
  );
  return [...comparisons, ...controls];
}

function isWorthComparing(a: Arm, b: Arm): boolean {
  if (a.mechanism === 'ffi' && b.mechanism === 'ffi') return true;
  return sameBinary(a, b) && (a.mechanism === 'plain') !== (b.mechanism === 'plain');
}

/** The plain twin of a lane is always the base; else the arm that was named first. */
function oriented(arm: CaseLaunches, base: CaseLaunches): Comparison {
  const swapped = arm.arm.mechanism === 'plain' && arm.arm.runtime === base.arm.runtime;
  return swapped ? { arm: base, base: arm, control: false } : { arm, base, control: false };
}

interface Judged {
  readonly row: string;
  readonly comparison: Comparison;
  readonly ratio: RatioFigures;
}

function floorsOf(judged: readonly Judged[]): NoiseFloor[] {
  const byRow = new Map<string, Judged[]>();
  for (const item of judged.filter(({ comparison }) => comparison.control)) {
    byRow.set(item.row, [...byRow.get(item.row) ?? [], item]);
  }
  return [...byRow].map(([row, items]) => ({
    case: row,
    arms: [...new Set(items.flatMap(({ comparison: { arm, base } }) => [arm, base]))]
      .map((own) => own.arm.label),
    rounds: Math.min(...items.map(({ ratio }) => ratio.rounds)),
    ratio: rounded(Math.max(...items.map(({ ratio }) => Math.exp(Math.abs(ratio.logRatio))))),
  }));
}

function runFloorOf(judged: readonly Judged[]): Derived['run_noise_floor'] {
  const controls = judged.filter(({ comparison }) => comparison.control);
  if (controls.length === 0) return null;
  const sizes = controls.map(({ ratio }) => Math.exp(Math.abs(ratio.logRatio)));
  return { ratio: rounded(quantile(sizes, 0.95)), comparisons: sizes.length };
}

interface Judgement {
  readonly verdict: Verdict | null;
  readonly because: string | null;
}

function undecided(
  { control }: Comparison,
  { rounds }: RatioFigures,
  withVerdicts: boolean,
): Judgement {
  if (control) return { verdict: null, because: 'A/A control: the same binary twice.' };
  if (!withVerdicts) return { verdict: null, because: 'The quick profile gives no verdicts.' };
  const least = fewestPairs(falseDiscoveryRate);
  return {
    verdict: 'not_resolved',
    because: `Only ${rounds} rounds were finished on both sides; a verdict needs ${least}.`,
  };
}

function judge({ logRatio }: RatioFigures, adjustedP: number, floor: number): Judgement {
  if (adjustedP > falseDiscoveryRate) {
    return { verdict: 'not_resolved', because: `The rounds disagree (p ${adjustedP.toFixed(2)}).` };
  }
  if (Math.abs(logRatio) <= Math.log(floor)) {
    const percent = ((floor - 1) * 100).toFixed(1);
    return { verdict: 'not_resolved', because: `Within the noise floor of ${percent} %.` };
  }
  return { verdict: logRatio < 0 ? 'faster' : 'slower', because: null };
}

function pairOf(
  row: string,
  { arm, base }: Comparison,
  ratio: RatioFigures,
  adjustedP: number | null,
  judgement: Judgement,
): Pair {
  return {
    case: row,
    arm: arm.arm.label,
    base: base.arm.label,
    rounds: ratio.rounds,
    ratio: {
      value: rounded(Math.exp(ratio.logRatio)),
      low: ratio.low === null ? null : rounded(Math.exp(ratio.low)),
      high: ratio.high === null ? null : rounded(Math.exp(ratio.high)),
      coverage: ratio.coverage === null ? null : rounded(ratio.coverage),
    },
    p: rounded(ratio.p),
    p_adjusted: adjustedP === null ? null : rounded(adjustedP),
    ...judgement,
  };
}
