/**
 * Documents of older versions, one step at a time. To change the shape of a document: raise
 * `schemaName`, describe the change in the history in schema.ts, add the step here, and keep a
 * small document of the old version in test/fixtures.
 */

/**
 * Turns the raw part of a document of an older version, as parsed, into one of the next version.
 * What it is given is not checked yet, and what it returns is; it must not throw.
 */
export type Upgrader = (old: Fields) => Fields;

type Fields = Record<string, unknown>;

/** Upgraders by the version they start from. Today's version needs none. */
export const upgraders: Readonly<Record<string, Upgrader>> = { 'ffi-bench/v1': fromV1 };

/** v1 knew no probe and no instructions, and took 10th percentiles of all batches for costs. */
function fromV1(old: Fields): Fields {
  const { provenance, cases, raw } = old;
  return {
    ...old,
    schema: 'ffi-bench/v2',
    method: 'p10',
    provenance: changed(provenance, (fields) => ({
      ...fields,
      machine: changed(fields.machine, (machine) => ({ ...machine, probe: null })),
    })),
    cases: eachOf(cases, (item) => ({ ...item, instructions: null })),
    raw: changed(raw, (fields) => ({ ...fields, launches: eachOf(fields.launches, launch) })),
  };
}

function launch(fields: Fields): Fields {
  return { ...fields, attempt: 0, measured: changed(fields.measured, measured) };
}

function measured(fields: Fields): Fields {
  const { batches, warm_up: warmUp, chain_ns_per_cycle: nsPerCycle, ...rest } = fields;
  const { calls, elapsed_ns: elapsed, steady } = (warmUp ?? {}) as Fields;
  const measuredNs = Number(batches) * Number(rest.calls_per_batch) * Number(rest.sustained_ns);
  return {
    ...rest,
    elapsed_ns: Number((Number(elapsed) + measuredNs).toPrecision(9)),
    settled: steady === true ? { after_ns: elapsed, after_calls: calls, batches } : null,
    free: null,
    contended_ns: null,
    probe: null,
    ns_per_cycle: nsPerCycle,
  };
}

/** The changed fields of what should be an object; the check that follows speaks of the rest. */
function changed(value: unknown, change: (fields: Fields) => Fields): unknown {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? change(value as Fields)
    : value;
}

function eachOf(value: unknown, change: (fields: Fields) => Fields): unknown {
  return Array.isArray(value) ? value.map((item) => changed(item, change)) : value;
}
