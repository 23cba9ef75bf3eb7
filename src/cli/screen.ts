/** What stdout can show. */
import process from 'node:process';

/** Columns and colour of stdout; plain and 100 columns wide where it is no terminal. */
export function screen(): { columns: number; color: boolean } {
  const { isTTY, columns } = process.stdout;
  const color = isTTY === true && process.env['NO_COLOR'] === undefined;
  return { columns: Math.max(60, Number(process.env['COLUMNS']) || columns || 100), color };
}
