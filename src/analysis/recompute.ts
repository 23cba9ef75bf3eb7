/**
 * Holds the stored figures of a document against those that its launches give.
 */
import type { Document } from '../results/schema.ts';
import type { Derived } from '../results/schema_derived.ts';
import { derive } from './derive.ts';

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
  return differences('/derived', comparable(document.derived), comparable(derive(document)));
}

/** Figures as they are compared: engines word the same error in their own way. */
function comparable({ failures, ...derived }: Derived) {
  return { ...derived, failures: failures.map(({ section }) => ({ section })) };
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
