/**
 * The clock that mitata is given: it records every batch in time order, and decides nothing.
 *
 * It takes one path, the same from its first reading to its last. V8 inlines it into the timed
 * loop, and throws the loop's optimized code away when a branch is taken, or a function called, for
 * the first time. mitata itself ends the loop, when its batches have lasted as long as was set
 * before it began. Where a launch had settled, and whether it counts, is found afterwards from the
 * recording (`judge` in src/analysis/recording.ts).
 *
 * mitata reads it twice per batch, before and after.
 */

/** What one launch recorded. All arrays are in time order, with one entry per batch unless said. */
export interface Recording {
  /** When each batch began, in ns since the loop began. */
  readonly beginsNs: Float64Array;
  /** Duration of each batch, in ns. */
  readonly batchesNs: Float64Array;
  /** Two per batch: the throughput probe before and after it, in ticks. Empty without a probe. */
  readonly probes: Uint32Array;
}

/** The throughput of the core at this moment, as the ticks that fixed work takes. */
export type ThroughputProbe = () => number;

/** Readings of one launch at the most: the arrays are made before the loop begins. */
const mostReadings = 1 << 18;

/** A clock, and what it recorded once the loop is over. */
export interface RecordingClock {
  clock(): number;
  recording(): Recording;
}

/** A recording clock; `probe` is null where no probe is wanted. */
export function recordingClock(
  now: () => number,
  probe: ThroughputProbe | null,
): RecordingClock {
  return probe === null ? plainClock(now) : probingClock(now, probe);
}

function probingClock(now: () => number, probe: ThroughputProbe): RecordingClock {
  const readNs = new Float64Array(mostReadings);
  const resumedNs = new Float64Array(mostReadings);
  const ticks = new Uint32Array(mostReadings);
  let count = 0;
  const start = now();
  return {
    clock() {
      const t = now();
      readNs[count] = t;
      ticks[count] = probe();
      resumedNs[count] = now();
      count = count + 1;
      return t;
    },
    recording: () => recordingOf(start, readNs, resumedNs, ticks, count),
  };
}

function plainClock(now: () => number): RecordingClock {
  const readNs = new Float64Array(mostReadings);
  let count = 0;
  const start = now();
  return {
    clock() {
      const t = now();
      readNs[count] = t;
      count = count + 1;
      return t;
    },
    recording: () => recordingOf(start, readNs, readNs, new Uint32Array(0), count),
  };
}

/** The batches between readings; those past the end of the arrays are lost and not recorded. */
function recordingOf(
  start: number,
  readNs: Float64Array,
  resumedNs: Float64Array,
  ticks: Uint32Array,
  count: number,
): Recording {
  const batches = Math.min(count, mostReadings) >> 1;
  const beginsNs = new Float64Array(batches);
  const batchesNs = new Float64Array(batches);
  for (let i = 0; i < batches; i++) {
    beginsNs[i] = resumedNs[2 * i]! - start;
    batchesNs[i] = readNs[2 * i + 1]! - resumedNs[2 * i]!;
  }
  return { beginsNs, batchesNs, probes: ticks.slice(0, 2 * batches) };
}
