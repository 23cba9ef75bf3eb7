// The table at the end of the test command: what each gate counted, and where the time went.
import { addCounts, noCounts } from './counts.ts';
import type { GateResult } from './run_gate.ts';

const columns = ['gate', 'from', 'took', 'cpu', 'passed', 'failed', 'skipped'] as const;
type Line = readonly string[];

/**
 * One row for each gate, in the order of their ends, and last, alone on its line, the sum.
 * `before_ms` is how long provisioning took before the gates.
 */
export function summary(results: readonly GateResult[], before_ms: number): string {
  const end_ms = Math.max(0, ...results.map(({ from_ms, elapsed_ms }) => from_ms + elapsed_ms));
  const total = results.map((result) => result.counts).reduce(addCounts, noCounts);
  const rows = [
    columns,
    ['provision', minutes(0), seconds(before_ms)],
    ...results.map((result) => rowOf(result, before_ms)),
    ['all', '', seconds(before_ms + end_ms), seconds(cpuOf(results))],
  ];
  return ['', ...aligned(rows), '', `${total.passed} passed, ${total.failed} failed`].join('\n');
}

function rowOf({ gate, from_ms, elapsed_ms, cpu_ms, counts }: GateResult, before_ms: number): Line {
  const { passed, failed, skipped } = counts;
  const times = [minutes(before_ms + from_ms), seconds(elapsed_ms), seconds(cpu_ms)];
  return [gate, ...times, ...[passed, failed, skipped].map(String)];
}

/** The sum; null where it is known of no gate. */
function cpuOf(results: readonly GateResult[]): number | null {
  const known = results.flatMap(({ cpu_ms }) => cpu_ms === null ? [] : [cpu_ms]);
  return known.length === 0 ? null : known.reduce((sum, one) => sum + one, 0);
}

function aligned(rows: readonly Line[]): string[] {
  const widths = columns.map((_, i) => Math.max(...rows.map((row) => row[i]?.length ?? 0)));
  return rows.map((row) =>
    row.map((cell, i) => i === 0 ? cell.padEnd(widths[i]!) : cell.padStart(widths[i]!))
      .join('  ').replace(/^/, '  ').trimEnd()
  );
}

function minutes(ms: number): string {
  const whole_s = Math.floor(ms / 1000);
  return `${Math.floor(whole_s / 60)}:${String(whole_s % 60).padStart(2, '0')}`;
}

function seconds(ms: number | null): string {
  return ms === null ? '–' : `${(ms / 1000).toFixed(1)} s`;
}
