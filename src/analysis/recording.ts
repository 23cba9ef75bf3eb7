/**
 * Judges the recording of one launch when it is over: where it had settled, which of its batches
 * ran on a free core, and whether that is enough to tell a cost. Pure, and the same for every
 * worker: a runtime, the native floor or CPython.
 */
import { median, quantile } from '../stats/quantiles.ts';
import { segmentTrace } from '../stats/trend.ts';

/** The part of a worker's message that is judged: one entry per batch, in time order. */
export interface RecordedBatches {
  /** When each batch began, in ns since the loop began. */
  readonly begins_ns: readonly number[];
  /** Duration of each batch, in ns. */
  readonly batches_ns: readonly number[];
  /** The throughput probe before and after each batch, in ticks; empty where there is none. */
  readonly probes: readonly number[];
}

/** What a recording is judged by. */
export interface Standard {
  /** Ticks of the throughput probe on a free core; null where there is no probe. */
  readonly freeLevel: number | null;
  /** How long the settled part must be, in ns. */
  readonly wantedNs: number;
  /**
   * Duration of a batch in the tier that the case is known to reach, in ns; null where none is. A
   * launch that stays over twice of it has settled in a slower one.
   */
  readonly tierNs: number | null;
}

/** What was found. */
export interface Judged {
  /** Index of the first settled batch; null where the launch never settled. */
  readonly from: number | null;
  /** By batch: whether the core was free before and after it; null where there is no probe. */
  readonly free: readonly boolean[] | null;
}

/** Free batches from which a cost is told; fewer do where they are long, in all so many ns. */
const leastFreeBatches = 10;
const fewestFree = 3;
const leastFreeNs = 20e6;

/** A probe within this of a free core's level found the core free. */
const freeTolerance = 1.05;

/** Length of a window, in ns, how many batches it holds at the least, and how many there are. */
const windowNs = 5e6;
const windowBatches = 3;
const mostWindows = 100;

/**
 * A launch that settled late counts with this share of the time that its settled part should last,
 * where it ends in the tier that the case is known to reach: within this factor of it.
 */
const lateShare = 1 / 3;
const lateFactor = 1.25;

/**
 * The settled part holds no window over this times its low quantile. Compilers' tiers lie a factor
 * of two or more apart; a neighbour on the core costs less than that.
 */
const tierFactor = 2;
const lowQuantile = 0.1;

/** The core's clock may fall by this factor in a run; a neighbour costs a free core more. */
const clockFactor = 1.2;

/**
 * The ticks of a free core in a launch with such probes, where the run's are known. Where the
 * clock of the core has changed since, the launch's own least is meant.
 */
export function freeLevelOf(probes: readonly number[], runLevel: number): number {
  const least = leastOf(probes);
  return least <= runLevel * clockFactor ? least : runLevel;
}

/** The least of many numbers; more than fit into an argument list. */
export function leastOf(values: readonly number[]): number {
  return values.reduce((least, value) => Math.min(least, value), Infinity);
}

/** Judges a recording. */
export function judge(
  recorded: RecordedBatches,
  { freeLevel, wantedNs, tierNs }: Standard,
): Judged {
  const free = freeBatches(recorded.probes, freeLevel);
  const windows = windowsOf(recorded, free);
  const first = windows.length === 0 ? null : settledWindow(windows, wantedNs, tierNs);
  const isSettled = first !== null && isOfTier(windows.slice(first), tierNs);
  return { from: isSettled ? windows[first]!.from : null, free };
}

/** Whether windows are of the tier that a case is known to reach, if any is. */
function isOfTier(windows: readonly Window[], tierNs: number | null): boolean {
  if (tierNs === null) return true;
  const { ns, isFree } = levelOf(windows);
  // A neighbour on the core costs as much as a tier, so that shared windows are given another.
  return ns <= (isFree ? tierFactor : tierFactor * tierFactor) * tierNs;
}

/** Whether windows show beyond doubt that they are of the tier that a case is known to reach. */
function isNearTier(windows: readonly Window[], tierNs: number | null): boolean {
  const { ns, isFree } = levelOf(windows);
  return tierNs !== null && isFree && ns <= lateFactor * tierNs;
}

/** The median of the free windows, or of all where none was free. */
function levelOf(windows: readonly Window[]): Pick<Window, 'ns' | 'isFree'> {
  const free = windows.filter(({ isFree }) => isFree);
  const isFree = free.length > 0;
  return { ns: median((isFree ? free : windows).map(({ ns }) => ns)), isFree };
}

/** Whether so many free batches of such a length, in ns, are enough to tell a cost. */
export function isEnough(freeCount: number, batchNs: number): boolean {
  if (freeCount >= leastFreeBatches) return true;
  return freeCount >= fewestFree && freeCount * batchNs >= leastFreeNs;
}

function freeBatches(probes: readonly number[], freeLevel: number | null): boolean[] | null {
  if (freeLevel === null || probes.length === 0) return null;
  const most = freeLevel * freeTolerance;
  return Array.from(
    { length: probes.length >> 1 },
    (_, i) => probes[2 * i]! <= most && probes[2 * i + 1]! <= most,
  );
}

/** A stretch of a few batches. */
interface Window {
  /** Its first batch, and when that began and the last one ended, in ns. */
  readonly from: number;
  readonly beginNs: number;
  readonly endNs: number;
  /** Median of its free batches, or of all where hardly one was free. */
  readonly ns: number;
  readonly isFree: boolean;
}

function windowsOf(
  { begins_ns: begins, batches_ns: batches }: RecordedBatches,
  free: readonly boolean[] | null,
): Window[] {
  const windows: Window[] = [];
  const last = batches.length - 1;
  const lengthNs = Math.max(windowNs, (begins[last]! + batches[last]!) / mostWindows);
  let from = 0;
  for (let i = 0; i < batches.length; i++) {
    const endNs = begins[i]! + batches[i]!;
    const isLong = endNs - begins[from]! >= lengthNs && i - from + 1 >= windowBatches;
    if (!isLong && i < last) continue;
    const all = batches.slice(from, i + 1);
    const freeOnes = free === null ? all : all.filter((_, j) => free[from + j]!);
    const isFree = freeOnes.length >= 2;
    const ns = median(isFree ? freeOnes : all);
    windows.push({ from, beginNs: begins[from]!, endNs, ns, isFree });
    from = i + 1;
  }
  return windows;
}

/** The first window of the settled part, or null. */
function settledWindow(
  windows: readonly Window[],
  wantedNs: number,
  tierNs: number | null,
): number | null {
  const end = windows.at(-1)!.endNs;
  const lastsFrom = (first: number) => end - windows[first]!.beginNs;
  const first = withoutSlowStart(windows, firstOfOneTier(withoutStalls(windows)));
  const isLate = lastsFrom(first) < wantedNs && isNearTier(windows.slice(first), tierNs);
  const leastNs = isLate ? wantedNs * lateShare : wantedNs;
  const isLongFrom = (index: number) => lastsFrom(index) >= leastNs;
  return isLongFrom(first) ? withoutSlowerStart(windows, first, isLongFrom) : null;
}

/** Windows that are smoothed together, so that a stall of up to two of them cuts nothing. */
const smoothed = 5;

/** Windows whose time is the median of the five nearest. */
function withoutStalls(windows: readonly Window[]): Window[] {
  return windows.map((window, i) => {
    const start = Math.max(0, Math.min(i - (smoothed >> 1), windows.length - smoothed));
    return { ...window, ns: median(windows.slice(start, start + smoothed).map(({ ns }) => ns)) };
  });
}

/** Start of the longest stretch at the end in which no window lies over twice its low quantile. */
function firstOfOneTier(windows: readonly Window[]): number {
  for (let first = 0; first < windows.length; first++) {
    const stretch = windows.slice(first).map(({ ns }) => ns);
    const most = tierFactor * quantile(stretch, lowQuantile);
    if (stretch.every((ns) => ns <= most)) return first;
  }
  return windows.length - 1;
}

/**
 * Where slow windows at the start of a stretch end. In its middle a few of them are a stall; at its
 * start they are the end of the warm-up.
 */
function withoutSlowStart(windows: readonly Window[], first: number): number {
  const stretch = windows.slice(first).map(({ ns }) => ns);
  const most = tierFactor * quantile(stretch, lowQuantile);
  return first + Math.max(0, stretch.findIndex((ns) => ns <= most));
}

/** A level of the start over this times the next one is a tier of its own. */
const slowerStart = 1.05;

/**
 * Where the slower levels at the start of a stretch end: a change of tier by less than a factor of
 * two shows in the windows of a free core. `first` where there is none, or too little would stay.
 */
function withoutSlowerStart(
  windows: readonly Window[],
  first: number,
  isLongFrom: (first: number) => boolean,
): number {
  const free = windows.flatMap(({ isFree }, i) => isFree && i >= first ? [i] : []);
  if (free.length === 0) return first;
  let start = first;
  const levels = segmentTrace(free.map((i) => windows[i]!.ns));
  for (const [i, { level }] of levels.slice(1).entries()) {
    const next = free[levels[i + 1]!.start]!;
    if (levels[i]!.level <= level * slowerStart || !isLongFrom(next)) break;
    start = next;
  }
  return start;
}
