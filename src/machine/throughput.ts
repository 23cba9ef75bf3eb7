/** What the ticks of the throughput probe mean on this machine. */
import type { OpenLane } from '../catalogue/lane.ts';

/** As a document has it; see `throughput_scale` in the library. */
export interface ProbeScale {
  /** Ticks of the probe on a free core. */
  readonly free_level: number;
  readonly ns_per_tick: number;
  /** Cycles of the core's clock that these are. */
  readonly cycles: number;
}

/**
 * The scale, with the level that a launch reached whose core was freer than any before: a run may
 * begin on a machine that is busy. The clock of the core stays what it was.
 */
export function lowered(scale: ProbeScale, least: number): ProbeScale {
  if (least >= scale.free_level) return scale;
  return { ...scale, free_level: least, cycles: scale.cycles * least / scale.free_level };
}

/** Tries at finding a moment in which the core is free, at 20 ms each. */
const tries = 10;

/** Finds the scale through a lane of the tool's own runtime; null where there is none. */
export function findScale(lane: OpenLane | null): ProbeScale | null {
  if (lane === null) return null;
  const ask = lane.call('throughput_scale');
  const found = Array.from({ length: tries }, () => {
    const values = new Float64Array(3);
    ask(values);
    const [nsPerTick, least, cycles] = values as unknown as [number, number, number];
    return { free_level: least, ns_per_tick: nsPerTick, cycles };
  });
  const best = found.reduce((a, b) => (b.free_level < a.free_level ? b : a));
  return best.free_level > 0 && best.cycles > 0 ? best : null;
}
