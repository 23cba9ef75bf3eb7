/**
 * A document as CSV (RFC 4180), one line per case, measured or not.
 */
import { keyOf } from '../../results/keys.ts';
import { rowsOf } from '../../analysis/rows.ts';
import type { Document } from '../../results/schema.ts';

const columns = [
  'case',
  'task',
  'params',
  'arm',
  'runtime',
  'version',
  'mechanism',
  'status',
  'reason',
  'folded',
  'launches',
  'slow_launches',
  'cost_ns',
  'cost_low_ns',
  'cost_high_ns',
  'contended_ns',
  'never_settled',
  'no_free_core',
  'sustained_ns',
  'cost_cycles',
  'allocated_bytes_per_call',
] as const;

/** The text of the file, with a line of titles; what is not known is empty. */
export function toCsv(document: Document): string {
  const figures = new Map(document.derived.cases.map((item) => [keyOf(item), item]));
  const lines = rowsOf(document).flatMap((row) => row.cases).map(({ case: item, arm }) => {
    const found = figures.get(keyOf(item));
    const params = Object.entries(item.params).map(([name, value]) => `${name}=${value}`);
    return [
      item.case,
      item.task,
      params.join(' '),
      item.arm,
      arm.runtime,
      arm.version,
      arm.mechanism,
      item.status,
      item.reason,
      item.folded,
      found?.launches.done,
      found?.slow.count,
      found?.cost_ns?.value,
      found?.cost_ns?.low,
      found?.cost_ns?.high,
      found?.contended_ns?.value,
      found?.launches.never_settled,
      found?.launches.no_free_core,
      found?.sustained_ns?.value,
      found?.cost_cycles,
      found?.allocated_bytes_per_call,
    ];
  });
  return [columns, ...lines].map((fields) => `${fields.map(field).join(',')}\r\n`).join('');
}

/** One field; text that a spreadsheet would take for a formula gets an apostrophe. */
function field(value: string | number | boolean | null | undefined): string {
  if (value === null || value === undefined) return '';
  if (typeof value !== 'string') return String(value);
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
