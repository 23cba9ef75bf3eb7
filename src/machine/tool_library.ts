/**
 * The library in the tool's own process: asked for what the operating system tells, never timed.
 */
import { hostLanes } from '../../runtimes/host/tool_lane.ts';
import { artifactPath } from '../boot/library.mjs';
import { readTools } from '../boot/tools.mjs';
import { root } from '../boot/versions.mjs';
import type { OpenLane } from '../catalogue/lane.ts';
import type { SymbolName } from '../catalogue/signatures.ts';
import { whyNotStepped } from '../catalogue/step_problems.ts';
import { findCounters, type FoundCounters } from './counters.ts';
import { type Probe, probeThrough } from './machine.ts';
import { findScale, type ProbeScale } from './throughput.ts';

/** The library with some symbols; null where the tool's runtime cannot open it. */
async function openHere(...symbols: SymbolName[]): Promise<OpenLane | null> {
  const requests = symbols.map((symbol) => ({ symbol, form: 'plain' as const }));
  for (const { lane, artifact } of await hostLanes()) {
    try {
      const path = artifact === 'library' ? readTools().library : artifactPath(root, artifact);
      return lane.open(path, requests);
    } catch {
      // Not built for this platform, or not to be opened by this version: the next one may do.
    }
  }
  return null;
}

/** A probe of the machine; one that knows nothing where the library cannot be opened. */
export async function openProbe(): Promise<Probe> {
  return probeThrough(await openHere('probe'));
}

/** The processor's counters, or why there are none. */
export async function openCounters(): Promise<FoundCounters> {
  return findCounters(await openHere('counters_start', 'counters_read'));
}

/** What the ticks of the throughput probe mean here; null where the library cannot be opened. */
export async function openScale(): Promise<ProbeScale | null> {
  return findScale(await openHere('throughput_scale'));
}

/** Why instructions cannot be counted here; null where they can. */
export async function whyNotCounted(): Promise<string | null> {
  const own = await openHere('step_begin', 'step_end');
  if (own === null) return 'the library cannot be opened here';
  const code = own.call('step_begin')(1);
  if (code === 0) own.call('step_end')(new Uint8Array(1), 0);
  return whyNotStepped(code);
}

/** Clock of a processor whose probe cannot be had, in GHz: near most. */
const usualGhz = 2;

/** Clock of the core, in GHz. */
export async function clockGhz(): Promise<number> {
  const scale = await openScale();
  if (scale === null) return usualGhz;
  return scale.cycles / (scale.free_level * scale.ns_per_tick);
}
