/**
 * Computes the derived part of a document from its raw part. Pure: the same document gives the same
 * figures anywhere, which is what `report --check` relies on.
 */
import { costEstimator, type Estimator } from '../stats/estimators.ts';
import { answersOf } from './answers.ts';
import { figuresOf } from './figures.ts';
import { pairsOf } from './pairs.ts';
import { pricesOf } from './prices.ts';
import { recommendationsOf } from './recommendations.ts';
import { rowsOf } from './rows.ts';
import type { Document, RawDocument } from './schema.ts';
import type { Derived } from './schema_derived.ts';
import { breakEvenSizes, costModels, sweepsOf } from './sweeps.ts';

/** Every derived figure of a run. Another estimator than the published one is for benchmarks. */
export function derive(raw: RawDocument, estimator: Estimator = costEstimator): Derived {
  const rows = rowsOf(raw);
  const clockStepNs = raw.provenance.machine.clock_step_ns;
  const figures = rows.flatMap((row) =>
    row.cases.map((own) => figuresOf(own, clockStepNs, estimator))
  );
  const compared = pairsOf(rows, raw.provenance.profile !== 'quick', estimator);
  const sweeps = sweepsOf(rows);
  return {
    cases: figures,
    ...compared,
    cost_models: costModels(sweeps, estimator),
    break_even: breakEvenSizes(sweeps, estimator),
    prices: pricesOf(rows, figures),
    answers: answersOf({ rows, figures, pairs: compared.pairs }),
    recommendations: recommendationsOf(rows, figures),
  };
}

/** A derived figure that differs from what the raw part gives. */
export interface Difference {
  /** Path into the document, as `/derived/cases/3/cost_ns/value`. */
  readonly place: string;
  readonly stored: string;
  readonly computed: string;
}

/** Relative difference that engines may have in the last digits of a logarithm. */
const tolerance = 1e-6;

/** Recomputes all derived figures; the differences to the stored ones, empty where they agree. */
export function recompute(document: Document): Difference[] {
  return differences('/derived', document.derived, derive(document));
}

function differences(place: string, stored: unknown, computed: unknown): Difference[] {
  if (isClose(stored, computed)) return [];
  if (!isContainer(stored) || !isContainer(computed)) {
    return [{ place, stored: shown(stored), computed: shown(computed) }];
  }
  const names = new Set([...Object.keys(stored), ...Object.keys(computed)]);
  return [...names].flatMap((name) =>
    differences(`${place}/${name}`, ownField(stored, name), ownField(computed, name))
  );
}

/** A foreign document may call a field `toString`, which every object has. */
function ownField(value: Record<string, unknown>, name: string): unknown {
  return Object.hasOwn(value, name) ? value[name] : undefined;
}

function isClose(stored: unknown, computed: unknown): boolean {
  if (typeof stored !== 'number' || typeof computed !== 'number') return stored === computed;
  return Math.abs(stored - computed) <=
    tolerance * Math.max(Math.abs(stored), Math.abs(computed));
}

function isContainer(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function shown(value: unknown): string {
  return value === undefined ? 'absent' : JSON.stringify(value).slice(0, 200);
}
