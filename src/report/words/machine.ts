/** A machine in a few words. */
import type { Document } from '../../results/schema.ts';

/** `AMD EPYC, 2 cores, KVM, linux x64`. */
export function machineText(
  { cpu_model: cpu, cores, hypervisor, os, arch }: Document['provenance']['machine'],
): string {
  return [
    cpu,
    `${cores} ${cores === 1 ? 'core' : 'cores'}`,
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
