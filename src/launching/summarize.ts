/** Cuts what a worker recorded down to what a result document keeps of a launch. */
import { freeLevelOf, judge, leastOf, type Standard } from '../analysis/recording.ts';
import type { ProbeScale } from '../machine/throughput.ts';
import type { Measured, Timing } from '../results/schema.ts';
import type { AllocatedReason } from '../results/schema_launch.ts';
import { limits, quantileLevels } from '../results/schema_parts.ts';
import { median, quantileOfSorted } from '../stats/quantiles.ts';
import { classifyTrace } from '../stats/trend.ts';
import type { MeasuredMessage } from '../worker/protocol.ts';

/** Share of the wanted time that a settled part must last. */
const leastSettledShare = 0.6;

/** The standard for a launch with such probes that should measure so long; see `Standard`. */
export function standardOf(
  probes: readonly number[],
  timing: Timing,
  scale: ProbeScale | null,
  measureNs: number,
  tierNs: number | null = null,
): Standard {
  const hasProbe = timing === 'batched' && scale !== null && probes.length > 0;
  return {
    freeLevel: hasProbe ? freeLevelOf(probes, scale.free_level) : null,
    wantedNs: timing === 'one_shot' ? 0 : measureNs * leastSettledShare,
    tierNs,
  };
}

/** The figures of one launch, per call; `tierNs` is what a call took when it was piloted. */
export function summarize(
  message: MeasuredMessage,
  timing: Timing,
  scale: ProbeScale | null,
  measureNs: number,
  tierNs: number | null = null,
): Measured {
  const tierBatchNs = tierNs === null ? null : tierNs * message.calls_per_batch;
  const standard = standardOf(message.probes, timing, scale, measureNs, tierBatchNs);
  const { from, free } = judge(message, standard);
  const { calls_per_batch: calls, begins_ns: begins, batches_ns: batches } = message;
  const perCall = batches.map((ns) => ns / calls);
  const settled = perCall.slice(from ?? 0);
  const isFree = free?.slice(from ?? 0) ?? null;
  const onFree = settled.filter((_, i) => isFree?.[i] ?? true);
  const undisturbed = onFree.length > 0 ? onFree : settled;
  const last = batches.length - 1;
  return {
    timing,
    calls_per_batch: calls,
    elapsed_ns: Math.round(begins[last]! + batches[last]!),
    settled: from === null ? null : {
      after_ns: Math.round(begins[from]!),
      after_calls: from * calls,
      batches: settled.length,
    },
    ...ofFree(settled, isFree),
    probe: isFree === null
      ? null
      : { least: leastOf(message.probes), free_level: standard.freeLevel! },
    quantiles_ns: quantilesOf(settled),
    sustained_ns: round(mean(undisturbed)),
    trace_ns: traceOf(perCall),
    trend: classifyTrace(traceOf(undisturbed)),
    crossings_per_call: message.crossings_per_call,
    allocated_bytes_per_call: message.allocated_bytes_per_call,
    ...becauseOf(message),
    ns_per_cycle: isFree === null ? null : nsPerCycle(message.probes, scale!),
  };
}

/** Why nothing was counted, where that was said. */
function becauseOf({ allocated_because: because }: MeasuredMessage) {
  return because === undefined ? {} : { allocated_because: because as AllocatedReason };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Medians of slices of equally many values, in time order. */
function traceOf(values: readonly number[]): number[] {
  return slices(values, limits.traceSlices).map((slice) => round(median(slice)));
}

/** The batches on a free core, and what those on a shared one took. */
function ofFree(
  settled: readonly number[],
  isFree: readonly boolean[] | null,
): Pick<Measured, 'free' | 'contended_ns'> {
  if (isFree === null) return { free: null, contended_ns: null };
  const free = settled.filter((_, i) => isFree[i]!);
  const shared = settled.filter((_, i) => !isFree[i]!);
  return {
    free: { batches: free.length, quantiles_ns: free.length === 0 ? [] : quantilesOf(free) },
    contended_ns: shared.length === 0 ? null : round(median(shared)),
  };
}

/** Duration of a clock cycle beside the case, in ns: the clock may have changed since the start. */
function nsPerCycle(probes: readonly number[], { ns_per_tick, cycles }: ProbeScale): number {
  return round(leastOf(probes) * ns_per_tick / cycles);
}

function quantilesOf(values: readonly number[]): number[] {
  const sorted = values.toSorted((a, b) => a - b);
  return quantileLevels.map((level) => round(quantileOfSorted(sorted, level)));
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
