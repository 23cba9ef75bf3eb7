/**
 * What a launch did over time, from the short trace that is kept of it. In the spirit of Barrett et
 * al. 2017, "Virtual Machine Warmup Blows Hot and Cold": cut the trace where its level changes,
 * then name the shape of the levels.
 */
import { medianSorted } from 'simple-statistics';
import { median, quantile } from './quantiles.ts';

/**
 * `warmed`: ends at its fastest level; `slowing`: was faster before; `not_steady`: has no end
 * level.
 */
export type Trend = 'flat' | 'warmed' | 'slowing' | 'not_steady';

/** A stretch of the trace at one level: from `start` to before `end`, in points. */
export interface Segment {
  readonly start: number;
  readonly end: number;
  readonly level: number;
}

/** Levels closer than this are one level. */
const sameLevel = 0.05;
/** Points that make a level; a shorter excursion is a spike. */
const leastPoints = 3;
/** Share of the trace that the last level must hold to be an end level, as in Barrett et al. */
const leastTail = 0.25;
/** Half of the last level's points may spread over this share of the level. */
const steadySpread = 0.25;

/**
 * Names the shape of a trace of times (any unit, in time order, up to a few dozen points). Under
 * six points nothing can be told apart from noise and the answer is `flat`.
 */
export function classifyTrace(trace: readonly number[]): Trend {
  if (trace.length < 2 * leastPoints) return 'flat';
  const segments = segmentTrace(trace);
  const last = segments.at(-1)!;
  const tail = trace.slice(last.start);
  if (tail.length < trace.length * leastTail) return 'not_steady';
  const spread = quantile(tail, 0.75) - quantile(tail, 0.25);
  if (spread > last.level * steadySpread) return 'not_steady';
  if (segments.length === 1) return 'flat';
  const fastest = Math.min(...segments.map((segment) => segment.level));
  return last.level > fastest * (1 + sameLevel) ? 'slowing' : 'warmed';
}

/**
 * Cuts a trace into levels: the cut with the least sum of absolute deviations from the medians of
 * its stretches plus a price per stretch, found exactly by dynamic programming; neighbours within
 * 5 % are joined. Spikes of up to two points are taken out first by a running median of five.
 */
export function segmentTrace(trace: readonly number[]): Segment[] {
  const price = segmentPrice(trace);
  const smooth = withoutSpikes(trace);
  const deviations = deviationsOf(smooth);
  const least = [0];
  const cutBefore = [0];
  for (let end = 1; end <= trace.length; end++) {
    least[end] = Infinity;
    cutBefore[end] = 0;
    for (let start = 0; start <= end - leastPoints; start++) {
      const sum = least[start]! + deviations[start]![end - start]! + price;
      if (sum >= least[end]!) continue;
      least[end] = sum;
      cutBefore[end] = start;
    }
  }
  const segments: Segment[] = [];
  for (let end = trace.length; end > 0; end = cutBefore[end]!) {
    const start = cutBefore[end]!;
    segments.unshift({ start, end, level: median(trace.slice(start, end)) });
  }
  return joinSameLevels(trace, segments);
}

/** Running median of five, which keeps steps where they are. */
function withoutSpikes(trace: readonly number[]): number[] {
  return trace.map((_, index) => median(trace.slice(Math.max(0, index - 2), index + 3)));
}

/** Noise between neighbouring points, or 1 % of the level where there is less, times a factor. */
function segmentPrice(trace: readonly number[]): number {
  const steps = trace.slice(1).map((value, index) => Math.abs(value - trace[index]!));
  const noise = steps.length === 0 ? 0 : median(steps);
  return 3 * Math.max(noise, 0.01 * Math.abs(median(trace))) * Math.log2(trace.length + 1) / 2;
}

/**
 * Sums of absolute deviations from the median, for every stretch of a trace: by its start, then by
 * its length. Each stretch is kept in order as it grows, since sorting all of them anew took longer
 * than the rest of recording a launch.
 */
function deviationsOf(trace: readonly number[]): number[][] {
  return trace.map((_, start) => {
    const sorted: number[] = [];
    const sums = [0];
    for (let end = start + 1; end <= trace.length; end++) {
      insert(sorted, trace[end - 1]!);
      const level = medianSorted(sorted);
      let sum = 0;
      for (let i = start; i < end; i++) sum += Math.abs(trace[i]! - level);
      sums.push(sum);
    }
    return sums;
  });
}

function insert(sorted: number[], value: number): void {
  let at = sorted.length;
  while (at > 0 && sorted[at - 1]! > value) at--;
  sorted.splice(at, 0, value);
}

function joinSameLevels(trace: readonly number[], segments: readonly Segment[]): Segment[] {
  const joined: Segment[] = [];
  for (const segment of segments) {
    const before = joined.at(-1);
    const alike = before !== undefined &&
      Math.abs(segment.level - before.level) <= sameLevel * Math.min(segment.level, before.level);
    if (!alike) {
      joined.push(segment);
      continue;
    }
    const level = median(trace.slice(before.start, segment.end));
    joined[joined.length - 1] = { start: before.start, end: segment.end, level };
  }
  return joined;
}
