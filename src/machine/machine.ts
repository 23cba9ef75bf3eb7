/**
 * What the machine tells of itself, before, between and after launches. What only the operating
 * system knows comes from the native library's probe, called in the tool's own process: a runtime
 * with named permissions may not read those files itself.
 */
import os from 'node:os';
import process from 'node:process';
import type { OpenLane } from '../catalogue/lane.ts';
import type { ProbeScale } from './throughput.ts';
import type { MachineState, ProvenanceStart } from '../results/schema.ts';

/** What the library's probe answers; null is what the system does not tell. */
export interface Probed {
  readonly steal_ticks: number | null;
  readonly ticks_per_s: number | null;
  readonly load1: number | null;
  readonly governor: string | null;
  readonly clock_source: string | null;
  readonly hypervisor: string | null;
  /** The processor that an emulator runs this one on; null where it is a real one. */
  readonly emulated_on: string | null;
  readonly cpu_model: string | null;
  readonly kernel: string | null;
}

const nothing: Probed = {
  steal_ticks: null,
  ticks_per_s: null,
  load1: null,
  governor: null,
  clock_source: null,
  hypervisor: null,
  emulated_on: null,
  cpu_model: null,
  kernel: null,
};

/** Asks the machine. */
export type Probe = () => Probed;

/** A probe through a lane of the tool's own runtime; one that knows nothing where that is null. */
export function probeThrough(lane: OpenLane | null): Probe {
  if (lane === null) return () => nothing;
  const ask = lane.call('probe');
  const bytes = new Uint8Array(16384);
  const decoder = new TextDecoder();
  return () => {
    const length = Math.min(ask(bytes, bytes.length), bytes.length);
    return { ...nothing, ...JSON.parse(decoder.decode(bytes.subarray(0, length))) };
  };
}

export function machineState({ load1, steal_ticks }: Probed): MachineState {
  return { load1, steal_ticks };
}

/** The machine as a document describes it; `noCounters` is why its processor counts nothing. */
export function describeMachine(
  probed: Probed,
  noCounters: string | null,
  scale: ProbeScale | null,
): ProvenanceStart['machine'] {
  const cpus = os.cpus();
  return {
    cpu_model: probed.cpu_model ?? cpus[0]?.model ?? 'unknown',
    cores: cpus.length,
    hypervisor: probed.emulated_on === null
      ? probed.hypervisor
      : `emulator on ${probed.emulated_on}`,
    kernel: probed.kernel ?? os.release(),
    os: process.platform,
    arch: process.arch,
    governor: probed.governor,
    clock_source: probed.clock_source,
    clock_step_ns: clockStepNs(),
    no_counters_reason: noCounters,
    probe: scale,
  };
}

/** The smallest step of the clock that was seen, in ns. */
function clockStepNs(): number {
  let least = Infinity;
  for (let i = 0; i < 2000; i++) {
    const t = performance.now();
    let u = t;
    while (u === t) u = performance.now();
    least = Math.min(least, (u - t) * 1e6);
  }
  return Math.round(least);
}
