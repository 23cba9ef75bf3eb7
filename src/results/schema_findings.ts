/**
 * What a document concludes beyond single cases: cost models, break-even sizes, the price list, the
 * answers to the questions of the suite, and recommendations.
 */
import Type, { type Static } from 'typebox';
import { Amount, Count, Name, oneOf, orNull, strict, Text } from './schema_parts.ts';

/** Fields that name a sweep: one task in one arm over the values of one parameter. */
const sweepFields = {
  task: Name,
  arm: Name,
  /** The parameter that is the size, as `bytes`. */
  size_param: Name,
  /** The other params, as `charset=bmp`; empty where there are none. */
  variant: Type.Union([Name, Type.Literal('')]),
};

/** Fixed cost plus cost per element or byte, by Theil and Sen over all launches of a sweep. */
export const CostModel = strict({
  ...sweepFields,
  sizes: Count,
  launches: Count,
  /** Below zero where the curve is no line. */
  fixed_ns: Type.Number(),
  per_unit_ns: Type.Number(),
  per_unit_low_ns: orNull(Type.Number()),
  per_unit_high_ns: orNull(Type.Number()),
  /** Half of the launches lie within this share of the line. */
  fit_error: Amount,
}, 'CostModel');
export type CostModel = Static<typeof CostModel>;

/** From what size on a native lane is faster than plain JavaScript on the same binary. */
export const BreakEvenSize = strict({
  ...sweepFields,
  base: Name,
  kind: oneOf('always', 'never', 'from', 'until', 'not_resolved'),
  /** Null unless `from` or `until`. */
  size: orNull(Amount),
  /** Null where the band does not end inside the sizes measured. */
  low: orNull(Amount),
  high: orNull(Amount),
  smallest: Amount,
  largest: Amount,
  /** Least coverage of the intervals that the bands are made of. */
  coverage: Amount,
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
    /** From the ends of both intervals; null where either has none. */
    low: orNull(Type.Number()),
    high: orNull(Type.Number()),
  }),
}, 'Price');
export type Price = Static<typeof Price>;

/** A computed sentence and the figures in it. */
export const Answer = strict({
  question: oneOf('Q1', 'Q2', 'Q3', 'Q4', 'Q5', 'Q6', 'Q7'),
  /** Label of the ffi arm that the answer is about. */
  arm: Name,
  sentence: Text,
  figures: Type.Record(Type.String({ maxLength: 200 }), orNull(Type.Number())),
}, 'Answer');
export type Answer = Static<typeof Answer>;

/** The fastest way to do one job on one runtime. */
export const Recommendation = strict({
  /** As `pass a string`. */
  job: Name,
  runtime: Name,
  version: Name,
  /** Params that all ways share, as `bytes=36`; empty where there are none. */
  variant: Type.Union([Name, Type.Literal('')]),
  case: Name,
  arm: Name,
  cost_ns: Amount,
  sustained_ns: Amount,
  sentence: Text,
}, 'Recommendation');
export type Recommendation = Static<typeof Recommendation>;
