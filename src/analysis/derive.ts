/**
 * Computes the derived part of a document from its raw part. Pure: the same document gives the same
 * figures anywhere, which is what `report --check` relies on.
 */
import { profiles } from '../catalogue/profiles.ts';
import type { Document, RawDocument, StoredDocument } from '../results/schema.ts';
import type { Derived } from '../results/schema_derived.ts';
import { costEstimators, type Estimator } from '../stats/estimators.ts';
import { answersOf } from './answers.ts';
import { figuresOf } from './figures.ts';
import { instructionModels, instructionPrices } from './instruction_figures.ts';
import { pairsOf } from './pairs.ts';
import { pricesOf } from './prices.ts';
import { recommendationsOf } from './recommendations.ts';
import { type Row, rowsOf } from './rows.ts';
import { breakEvenSizes, costModels, sweepsOf } from './sweeps.ts';

/** What computes the sections of `derived`; tests put one that throws in its place. */
export const sections = {
  figuresOf,
  pairsOf,
  costModels,
  breakEvenSizes,
  pricesOf,
  instructionModels,
  instructionPrices,
  answersOf,
  recommendationsOf,
} as const;

/** The functions that compute the sections of `derived`. */
export type Sections = typeof sections;

/**
 * Every derived figure of a run. An exception in one section, or in one that it needs, leaves that
 * section empty and is recorded in `failures`. Another estimator than that of the document's method
 * is for benchmarks. Throws Error where a launch belongs to no case, or a case to no arm.
 */
export function derive(
  raw: RawDocument,
  estimator: Estimator = costEstimators[raw.method],
  compute: Sections = sections,
): Derived {
  const rows = rowsOf(raw);
  const withVerdicts = profiles[raw.provenance.profile].verdicts;
  const cases = attempt(() => allFigures(rows, raw, estimator, compute));
  const compared = attempt(() => compute.pairsOf(rows, cases.value(), withVerdicts, estimator));
  const sweeps = attempt(() => sweepsOf(rows, estimator));
  const computed = {
    cases,
    pairs: attempt(() => compared.value().pairs),
    noise_floors: attempt(() => compared.value().noise_floors),
    cost_models: attempt(() => compute.costModels(sweeps.value())),
    break_even: attempt(() => compute.breakEvenSizes(sweeps.value(), compared.value().pairs)),
    prices: attempt(() => compute.pricesOf(rows, cases.value())),
    instruction_models: attempt(() => compute.instructionModels(rows)),
    instruction_prices: attempt(() => compute.instructionPrices(rows)),
    answers: attempt(() =>
      compute.answersOf({
        rows,
        figures: cases.value(),
        pairs: compared.value().pairs,
        withVerdicts,
        estimator,
      })
    ),
    recommendations: attempt(() =>
      compute.recommendationsOf(rows, cases.value(), withVerdicts, estimator)
    ),
  };
  return {
    cases: computed.cases.or([]),
    pairs: computed.pairs.or([]),
    noise_floors: computed.noise_floors.or([]),
    run_noise_floor: attempt(() => compared.value().run_noise_floor).or(null),
    cost_models: computed.cost_models.or([]),
    break_even: computed.break_even.or([]),
    prices: computed.prices.or([]),
    instruction_models: computed.instruction_models.or([]),
    instruction_prices: computed.instruction_prices.or([]),
    answers: computed.answers.or([]),
    recommendations: computed.recommendations.or([]),
    failures: Object.entries(computed).flatMap(([section, { error }]) =>
      error === null ? [] : [{ section, error: error.message }]
    ),
  };
}

function allFigures(
  rows: readonly Row[],
  raw: RawDocument,
  estimator: Estimator,
  compute: Sections,
) {
  const clockStepNs = raw.provenance.machine.clock_step_ns;
  return rows.flatMap((row) =>
    row.cases.map((own) => compute.figuresOf(own, clockStepNs, estimator))
  );
}

/** A value, or the error in its place, which whatever needs the value throws again. */
interface Attempt<T> {
  readonly error: Error | null;
  value(): T;
  or(other: T): T;
}

function attempt<T>(make: () => T): Attempt<T> {
  try {
    const made = make();
    return { error: null, value: () => made, or: () => made };
  } catch (thrown) {
    const error = thrown instanceof Error ? thrown : new Error(String(thrown));
    const value = () => {
      throw error;
    };
    return { error, value, or: (other) => other };
  }
}

/** A document with its figures: as stored, or computed where it is of an older version. */
export function withFigures(stored: RawDocument | StoredDocument): Document {
  const derived = 'derived' in stored ? stored.derived : null;
  return { ...stored, derived: derived ?? derive(stored) };
}
