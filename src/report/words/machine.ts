/** A machine in a few words, and what makes its numbers doubtful. */
import type { Document, MachineState } from '../../results/schema.ts';
import { countOf } from './arms.ts';

type Machine = Document['provenance']['machine'];

/** `AMD EPYC, 2 cores, KVM, linux x64`. */
export function machineText(
  { cpu_model: cpu, cores, hypervisor, os, arch }: Machine,
): string {
  return [
    cpu,
    countOf(cores, 'cores'),
    hypervisor === null ? null : hypervisorName(hypervisor),
    `${os} ${arch}`,
  ].filter((part) => part !== null).join(', ');
}

/**
 * The name of a hypervisor by the twelve characters that the processor gives: KVM repeats its own
 * three times.
 */
export function hypervisorName(signature: string): string {
  return /^(.+?)\1+$/.exec(signature)?.[1] ?? signature;
}

/** A share of stolen time over this is worth a sentence. */
const stolenLimit = 0.005;
/** A load over this says that something else is running. */
const loadLimit = 0.5;

/**
 * Sentences on what makes numbers on a machine doubtful; none where nothing does. `stolen` is the
 * share of time that the hypervisor took, null where it is not told.
 */
export function machineDoubts(
  { hypervisor, governor, cores }: Machine,
  { load1 }: MachineState,
  stolen: number | null,
): string[] {
  return [
    hypervisor &&
    `It is a virtual machine (${hypervisorName(hypervisor)}): others may run on the same cores.`,
    stolen !== null && stolen > stolenLimit &&
    `The hypervisor took ${(stolen * 100).toFixed(1)} % of the time while this looked.`,
    (load1 ?? 0) > loadLimit &&
    `Its load is ${load1} on ${countOf(cores, 'cores')}: something else is running.`,
    governor !== null && governor !== 'performance' &&
    `The frequency governor is "${governor}": clock speed follows load.`,
    governor === null && 'The frequency governor cannot be seen: clock speed may change.',
    cores < 2 && 'It has one core: the tool and its workers share it.',
  ].filter((sentence) => typeof sentence === 'string');
}
