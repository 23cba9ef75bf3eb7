/** What makes numbers on a machine doubtful, in sentences. */
import type { MachineState, ProvenanceStart } from '../results/schema.ts';
import type { Probe } from './machine.ts';

/** How long steal is watched, in ms. */
const watchMs = 500;

/** Sentences on what was seen of the machine; none where nothing speaks against it. */
export function doubts(
  machine: ProvenanceStart['machine'],
  state: MachineState,
  probe: Probe,
): string[] {
  const stolen = stolenShare(probe);
  const { hypervisor, governor, cores } = machine;
  return [
    hypervisor && `It is a virtual machine (${hypervisor}): others may run on the same cores.`,
    stolen !== null && stolen > 0.005 &&
    `The hypervisor took ${(stolen * 100).toFixed(1)} % of the time while this looked.`,
    (state.load1 ?? 0) > 0.5 &&
    `Its load is ${state.load1} on ${cores} cores: something else is running.`,
    governor !== null && governor !== 'performance' &&
    `The frequency governor is "${governor}": clock speed follows load.`,
    governor === null && 'The frequency governor cannot be seen: clock speed may change.',
    cores < 2 && 'It has one core: the tool and its workers share it.',
  ].filter((sentence) => typeof sentence === 'string');
}

/** Share of the processors' time that the hypervisor took in a short while; null where not told. */
function stolenShare(probe: Probe): number | null {
  const before = probe();
  const started = performance.now();
  while (performance.now() - started < watchMs);
  const after = probe();
  if (before.steal_ticks === null || after.steal_ticks === null) return null;
  const ms = (after.steal_ticks - before.steal_ticks) * 1000 / (after.ticks_per_s ?? 100);
  return ms / (performance.now() - started);
}
