/**
 * What a document concludes beyond single cases, as facts: cost models, break-even sizes, the price
 * list, what the questions of the suite ask for, and the ways of doing one job.
 */
import Type, { type Static } from 'typebox';
import { Amount, Count, limits, Name, oneOf, orNull, strict } from './schema_parts.ts';

const Variant = Type.Union([Name, Type.Literal('')]);

/** Fields that name a sweep: one task in one arm over the values of one parameter. */
const sweepFields = {
  task: Name,
  arm: Name,
  /** The parameter that is the size, as `bytes`. */
  size_param: Name,
  /** The other params, as `charset=bmp`; empty where there are none. */
  variant: Variant,
};

const Sizes = Type.Array(Amount, { maxItems: limits.items });

/** How the cost of a sweep grows with its size, from the costs at three sizes or more. */
export const CostModel = strict({
  ...sweepFields,
  sizes: Count,
  smallest: Amount,
  largest: Amount,
  /** `line`: fixed cost plus cost per unit; `curve`: no line fits within 25 % at every size. */
  kind: oneOf('line', 'curve'),
  /** Null for a curve. */
  fixed_ns: orNull(Amount),
  per_unit_ns: orNull(Amount),
  /** Most that the cost of a size is off the line, as a share of the cost. */
  off_by: Amount,
  /** Power of the size that the cost of a curve grows with, by Theil and Sen on logarithms. */
  exponent: orNull(strict({
    value: Type.Number(),
    low: orNull(Type.Number()),
    high: orNull(Type.Number()),
  })),
}, 'CostModel');
export type CostModel = Static<typeof CostModel>;

/**
 * At which sizes a native lane is faster than plain JavaScript on the same binary, by the verdicts
 * of the pairs at those sizes.
 */
export const BreakEvenSize = strict({
  ...sweepFields,
  base: Name,
  /**
   * `always`, `never`: faster or slower at every size. `partly`: faster, or slower, at some sizes
   * and told apart at no other. `from`: slower at first, then faster; `until`: the other way round.
   * `mixed`: the verdicts change more than once. `not_resolved`: no size was told apart;
   * `not_tested`: none could be.
   */
  kind: oneOf(
    'always',
    'never',
    'partly',
    'from',
    'until',
    'mixed',
    'not_resolved',
    'not_tested',
  ),
  /** The neighbours among the sizes told apart between which `from` and `until` change. */
  between: orNull(strict({ low: Amount, high: Amount })),
  faster: Sizes,
  slower: Sizes,
  /** Sizes at which the two were not told apart, and sizes at which they could not have been. */
  undecided: Sizes,
  untested: Sizes,
}, 'BreakEvenSize');
export type BreakEvenSize = Static<typeof BreakEvenSize>;

/** What a case costs over an empty call in the same arm. Shown beside the cost, never instead. */
export const Price = strict({
  case: Name,
  arm: Name,
  cost_ns: Amount,
  noop_ns: Amount,
  adds_ns: strict({
    value: Type.Number(),
    /** The ends of both intervals, the errors of both added; null where either has none. */
    low: orNull(Type.Number()),
    high: orNull(Type.Number()),
    /** At least this share of such intervals holds the difference. */
    coverage: orNull(Amount),
  }),
  /** Why the price may be nothing; null where it is told from nothing. */
  because: orNull(oneOf('launches_too_few', 'interval_holds_zero')),
}, 'Price');
export type Price = Static<typeof Price>;

/** How the instructions of a sweep grow: per call, and per unit of its size. */
export const InstructionModel = strict({
  ...sweepFields,
  sizes: Count,
  smallest: Amount,
  largest: Amount,
  fixed: Amount,
  per_unit: Amount,
  /** Most that the count of a size is off the line, as a share of the count. */
  off_by: Amount,
}, 'InstructionModel');
export type InstructionModel = Static<typeof InstructionModel>;

/** Instructions that a case executes over an empty call in the same arm. */
export const InstructionPrice = strict({
  case: Name,
  arm: Name,
  instructions: Amount,
  noop: Amount,
  adds: Type.Number(),
}, 'InstructionPrice');
export type InstructionPrice = Static<typeof InstructionPrice>;

/** A question of the suite. */
export const QuestionName = oneOf('Q1', 'Q2', 'Q3', 'Q4', 'Q5', 'Q6', 'Q7');
export type QuestionName = Static<typeof QuestionName>;

const factName = Type.String({ maxLength: limits.nameChars });

/** What one arm measured of a question: figures in the unit of their name, names and codes. */
export const Answer = strict({
  question: QuestionName,
  /** Label of the ffi arm that was asked. */
  arm: Name,
  figures: Type.Record(factName, orNull(Type.Number())),
  words: Type.Record(factName, orNull(Name)),
}, 'Answer');
export type Answer = Static<typeof Answer>;

/** One way of doing a job: a task in an arm. */
export const Way = strict({
  task: Name,
  case: Name,
  arm: Name,
  mechanism: Name,
  cost_ns: Amount,
  low_ns: orNull(Amount),
  high_ns: orNull(Amount),
  /** On a core that something else has too; null where no launch saw that. */
  contended_ns: orNull(Amount),
  sustained_ns: Amount,
}, 'Way');
export type Way = Static<typeof Way>;

/** The ways of doing one job on one runtime, by cost. */
export const Recommendation = strict({
  /** As `pass_a_string`. */
  job: Name,
  /** What the C side is given, as `utf8_text`: only ways that agree on it do the same job. */
  contract: Name,
  runtime: Name,
  version: Name,
  /** Params that all ways share, as `bytes=36`; empty where there are none. */
  variant: Variant,
  ways: Type.Array(Way, { minItems: 2, maxItems: limits.items }),
  /** Exact rank-sum test of the first two ways, corrected over all recommendations of the run. */
  p_adjusted: orNull(Amount),
  /** Why the first is not told from the second; null where it is. */
  because: orNull(oneOf('launches_too_few', 'not_told_apart')),
}, 'Recommendation');
export type Recommendation = Static<typeof Recommendation>;
