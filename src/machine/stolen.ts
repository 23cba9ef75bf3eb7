/** What a hypervisor takes away from a machine. */
import type { Probe } from './machine.ts';

/** How long steal is watched, in ms. */
const watchMs = 500;

/** Share of the processors' time that the hypervisor took in a short while; null where not told. */
export function stolenShare(probe: Probe): number | null {
  const before = probe();
  const started = performance.now();
  while (performance.now() - started < watchMs);
  const after = probe();
  if (before.steal_ticks === null || after.steal_ticks === null) return null;
  const ms = (after.steal_ticks - before.steal_ticks) * 1000 / (after.ticks_per_s ?? 100);
  return ms / (performance.now() - started);
}
