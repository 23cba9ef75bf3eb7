/** Cuts what a worker measured down to what a result document keeps of a launch. */
import type { Measured, Timing } from '../results/schema.ts';
import { limits, quantileLevels } from '../results/schema_parts.ts';
import { median, quantileOfSorted } from '../stats/quantiles.ts';
import { classifyTrace } from '../stats/trend.ts';
import type { MeasuredMessage } from '../worker/protocol.ts';

/** The figures of one launch, per call. */
export function summarize(message: MeasuredMessage, timing: Timing): Measured {
  const calls = message.calls_per_batch;
  const perCall = message.batches_ns.map((ns) => ns / calls);
  const sorted = perCall.toSorted((a, b) => a - b);
  const total = message.batches_ns.reduce((sum, ns) => sum + ns, 0);
  const trace = slices(perCall, limits.traceSlices).map((slice) => round(median(slice)));
  return {
    timing,
    calls_per_batch: calls,
    elapsed_ns: round(message.warm_up.elapsed_ns + total),
    settled: message.warm_up.steady
      ? {
        after_ns: message.warm_up.elapsed_ns,
        after_calls: message.warm_up.calls,
        batches: perCall.length,
      }
      : null,
    free: null,
    contended_ns: null,
    probe: null,
    quantiles_ns: quantileLevels.map((level) => round(quantileOfSorted(sorted, level))),
    sustained_ns: round(total / (perCall.length * calls)),
    trace_ns: trace,
    trend: classifyTrace(trace),
    crossings_per_call: message.crossings_per_call,
    allocated_bytes_per_call: message.allocated_bytes_per_call,
    ns_per_cycle: message.chain_ns_per_cycle,
  };
}

/** A list cut into at most `most` stretches of equal length, to within one. */
function slices(values: readonly number[], most: number): number[][] {
  const count = Math.min(most, values.length);
  return Array.from(
    { length: count },
    (_, i) =>
      values.slice(
        Math.floor(i * values.length / count),
        Math.floor((i + 1) * values.length / count),
      ),
  );
}

/** Six significant digits: well under what any machine resolves, and a third of the document. */
function round(value: number): number {
  return Number(value.toPrecision(6));
}
