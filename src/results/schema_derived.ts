/**
 * The computed part of a result document: what `derive` makes of the raw launches, as numbers,
 * names and codes. Units stand last in the names; the parts inside an estimate share its unit.
 */
import Type, { type Static } from 'typebox';
import {
  Answer,
  BreakEvenSize,
  CostModel,
  InstructionModel,
  InstructionPrice,
  Price,
  Recommendation,
} from './schema_conclusions.ts';
import { allocatedReasons } from './schema_launch.ts';
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
  launches: strict({
    done: Count,
    not_done: Count,
    marked: Count,
    /** Done launches that have no cost, by reason. */
    never_settled: Count,
    no_free_core: Count,
    /** Attempts that a later one of the same round replaced. */
    repeated: Count,
  }),
  /** What a call takes on a free core; null where no launch has a cost. */
  cost_ns: orNull(Estimate),
  /** What it takes while something else has the core too; null where no launch saw that. */
  contended_ns: orNull(Estimate),
  /** What it takes over a whole settled launch, garbage collection included. */
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
  /** Why that is null, where launches say so. */
  allocated_because: Type.Optional(oneOf(...allocatedReasons)),
  /** A batch of this case lasted under 100 steps of the clock, or its cost is under 0.05 ns. */
  under_resolution: Type.Boolean(),
}, 'CaseFigures');
export type CaseFigures = Static<typeof CaseFigures>;

/** What a comparison says; `not_tested` where it could not have said anything else. */
export const Verdict = oneOf('faster', 'slower', 'not_resolved', 'not_tested');
export type Verdict = Static<typeof Verdict>;

/**
 * Why a comparison is not tested or not resolved:
 * - `control`: the same binary twice; `profile_without_verdicts`: the quick profile;
 * - `rounds_too_few`: no outcome of so few could come under the level;
 * - `interval_holds_one`: the rounds disagree; `not_after_correction`: this comparison alone would
 *   be told apart, but not among so many; `within_noise_floor`: smaller than A/A arms differ.
 */
export const PairReason = oneOf(
  'control',
  'profile_without_verdicts',
  'rounds_too_few',
  'interval_holds_one',
  'not_after_correction',
  'within_noise_floor',
);
export type PairReason = Static<typeof PairReason>;

/** Two arms of one task and params, compared over the rounds in which both have a cost. */
export const Pair = strict({
  case: Name,
  /** The arm that is compared: "arm takes ratio times as long as base". */
  arm: Name,
  base: Name,
  rounds: Count,
  /** Median over rounds of cost of arm over cost of base, with its exact sign-test interval. */
  ratio: strict({
    value: Amount,
    low: orNull(Amount),
    high: orNull(Amount),
    coverage: orNull(Amount),
  }),
  /** The cost of arm over the cost of base, each a median over its own launches. */
  of_costs: orNull(Amount),
  /** Whether that lies outside of the interval: launches of a side have modes; read `ratio`. */
  costs_disagree: Type.Boolean(),
  /** Two-sided exact sign test of "the ratio is 1". */
  p: Amount,
  /** The same after Benjamini and Hochberg over all pairs of the run that are tested. */
  p_adjusted: orNull(Amount),
  verdict: Verdict,
  because: orNull(PairReason),
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

/** What A/A arms differed by over the whole run, as ratios from 1 up. */
export const RunNoiseFloor = strict({
  /** 95th percentile: no verdict is given below it. */
  ratio: Amount,
  most: Amount,
  comparisons: Count,
}, 'RunNoiseFloor');
export type RunNoiseFloor = Static<typeof RunNoiseFloor>;

/** A part of `derived` that could not be computed, and the error that says why. */
export const Failure = strict({ section: Name, error: Text }, 'Failure');
export type Failure = Static<typeof Failure>;

/** The computed part of a document. A section that could not be computed is empty. */
export const Derived = strict({
  cases: Type.Array(CaseFigures, { maxItems: limits.cases }),
  pairs: Type.Array(Pair, { maxItems: limits.cases * 10 }),
  noise_floors: Type.Array(NoiseFloor, { maxItems: limits.cases }),
  run_noise_floor: orNull(RunNoiseFloor),
  cost_models: Type.Array(CostModel, { maxItems: limits.cases }),
  break_even: Type.Array(BreakEvenSize, { maxItems: limits.cases }),
  prices: Type.Array(Price, { maxItems: limits.cases }),
  instruction_models: Type.Array(InstructionModel, { maxItems: limits.cases }),
  instruction_prices: Type.Array(InstructionPrice, { maxItems: limits.cases }),
  answers: Type.Array(Answer, { maxItems: limits.items }),
  recommendations: Type.Array(Recommendation, { maxItems: limits.cases }),
  failures: Type.Array(Failure, { maxItems: limits.items }),
}, 'Derived');
export type Derived = Static<typeof Derived>;
