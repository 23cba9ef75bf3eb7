/**
 * The computed part of a result document: what `derive` makes of the raw launches, per case and per
 * pair of arms. Units stand last in the names; the parts inside an estimate share its unit.
 */
import Type, { type Static } from 'typebox';
import { Answer, BreakEvenSize, CostModel, Price, Recommendation } from './schema_findings.ts';
import { Amount, Count, limits, Name, oneOf, orNull, strict, Text } from './schema_parts.ts';

/** A median over launches. `low` and `high` are its exact interval, null under six launches. */
export const Estimate = strict({
  value: Amount,
  low: orNull(Amount),
  high: orNull(Amount),
  /** What share of such intervals holds the true median: 0.95 or just above. */
  coverage: orNull(Amount),
  min: Amount,
  max: Amount,
  launches: Count,
}, 'Estimate');
export type Estimate = Static<typeof Estimate>;

/** The figures of one case. */
export const CaseFigures = strict({
  case: Name,
  arm: Name,
  launches: strict({ done: Count, not_done: Count, marked: Count }),
  /** Null where no launch was done. */
  cost_ns: orNull(Estimate),
  typical_ns: orNull(Estimate),
  sustained_ns: orNull(Estimate),
  /** Where the fast launches sit; a launch over 1.25 times this is slow. */
  lower_mode_ns: orNull(Amount),
  slow: strict({ count: Count, min_ns: orNull(Amount), max_ns: orNull(Amount) }),
  stability: strict({ flat: Count, warmed: Count, slowing: Count, not_steady: Count }),
  /** Half the interval of the cost over the cost; null without an interval. */
  precision: orNull(Amount),
  cost_cycles: orNull(Amount),
  crossings_per_call: orNull(Amount),
  allocated_bytes_per_call: orNull(Amount),
  /** A batch of this case lasted under 100 steps of the clock, or its cost is under 0.05 ns. */
  under_resolution: Type.Boolean(),
}, 'CaseFigures');
export type CaseFigures = Static<typeof CaseFigures>;

/** What the sign test of a pair says once corrected. */
export const Verdict = oneOf('faster', 'slower', 'not_resolved');
export type Verdict = Static<typeof Verdict>;

/** Two arms of one task and params, compared over the rounds both finished. */
export const Pair = strict({
  case: Name,
  /** The arm the sentence is about: "arm is ratio times base". */
  arm: Name,
  base: Name,
  rounds: Count,
  /** Cost of arm over cost of base: median of the ratios of same rounds. */
  ratio: strict({
    value: Amount,
    low: orNull(Amount),
    high: orNull(Amount),
    coverage: orNull(Amount),
  }),
  /** Two-sided exact sign test of "the ratio is 1". */
  p: Amount,
  /** The same after Benjamini and Hochberg over all pairs of the run that ask for a verdict. */
  p_adjusted: orNull(Amount),
  verdict: orNull(Verdict),
  /** Why there is none, or why it is not resolved; null otherwise. */
  because: orNull(Text),
}, 'Pair');
export type Pair = Static<typeof Pair>;

/** Differences smaller than this are noise here: what arms of the same binary differed by. */
export const NoiseFloor = strict({
  case: Name,
  arms: Type.Array(Name, { minItems: 2, maxItems: limits.arms }),
  rounds: Count,
  /** Largest ratio between A/A arms, as a number from 1 up. */
  ratio: Amount,
}, 'NoiseFloor');
export type NoiseFloor = Static<typeof NoiseFloor>;

/** The computed part of a document. */
export const Derived = strict({
  cases: Type.Array(CaseFigures, { maxItems: limits.cases }),
  pairs: Type.Array(Pair, { maxItems: limits.cases * 10 }),
  noise_floors: Type.Array(NoiseFloor, { maxItems: limits.cases }),
  /** For tasks without A/A arms of their own: the 95th percentile of those that have them. */
  run_noise_floor: orNull(strict({ ratio: Amount, comparisons: Count })),
  cost_models: Type.Array(CostModel, { maxItems: limits.cases }),
  break_even: Type.Array(BreakEvenSize, { maxItems: limits.cases }),
  prices: Type.Array(Price, { maxItems: limits.cases }),
  answers: Type.Array(Answer, { maxItems: limits.items }),
  recommendations: Type.Array(Recommendation, { maxItems: limits.cases }),
}, 'Derived');
export type Derived = Static<typeof Derived>;
