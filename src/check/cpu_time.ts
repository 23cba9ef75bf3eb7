// Processor time of ended children: unlike time by the clock, the same beside other load.
import { readFileSync } from 'node:fs';

/** Ticks of a second in /proc, the same on every Linux of today. */
const ticks_per_s = 100;

/** Processor time of the children of this process that have ended, in ms; null where unknown. */
export function childrenCpu_ms(): number | null {
  try {
    const stat = readFileSync('/proc/self/stat', 'utf8');
    // The name in parentheses may hold anything; cutime and cstime are fields 16 and 17.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return (Number(fields[13]) + Number(fields[14])) * 1000 / ticks_per_s;
  } catch {
    return null;
  }
}

/** A function that tells what has been added since it was asked last, in ms. */
export function cpuMeter(): () => number | null {
  let before = childrenCpu_ms();
  return () => {
    const now = childrenCpu_ms();
    const added = now === null || before === null ? null : now - before;
    before = now;
    return added;
  };
}
