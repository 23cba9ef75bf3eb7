/**
 * Documents of older versions, one step at a time. To change the shape of a document: raise
 * `schemaName`, describe the change in the history in schema.ts, add the step here, and keep a
 * small document of the old version in test/fixtures.
 */
import { contentFaults, schemaFaults } from './check.ts';
import { derive } from './derive.ts';
import { Document, type RawDocument, schemaName } from './schema.ts';
import type { Derived } from './schema_derived.ts';
import { strict } from './schema_parts.ts';

/**
 * Turns a document of an older version, as parsed, into one of the next version. What it is given
 * is not checked yet, and what it returns is; it must not throw.
 */
export type Upgrader = (old: Record<string, unknown>) => Record<string, unknown>;

/** Upgraders by the version they start from. Today's version needs none. */
export const upgraders: Readonly<Record<string, Upgrader>> = { 'ffi-bench/v0': concluding };

const { derived: _, ...rawFields } = Document.properties;
const Raw = strict(rawFields);

const noFigures: Derived = {
  cases: [],
  pairs: [],
  noise_floors: [],
  run_noise_floor: null,
  cost_models: [],
  break_even: [],
  prices: [],
  answers: [],
  recommendations: [],
};

/**
 * v0 concluded nothing beyond cases and pairs. All figures are computed anew from its launches,
 * which are as they are today; where those are not sound, the check of today's version says so.
 */
function concluding({ derived: _, ...rest }: Record<string, unknown>): Record<string, unknown> {
  const raw = { ...rest, schema: schemaName };
  const isSound = schemaFaults(Raw, raw).length === 0 &&
    contentFaults(raw as unknown as Document).length === 0;
  return { ...raw, derived: isSound ? derive(raw as unknown as RawDocument) : noFigures };
}
