/** What stdout can show. */
import process from 'node:process';

/** Columns and colour of stdout; plain and 100 columns wide where it is no terminal. */
export function screen(): { width: number; colour: boolean } {
  const { isTTY, columns } = process.stdout;
  const colour = isTTY === true && process.env['NO_COLOR'] === undefined;
  return { width: Math.max(60, Number(process.env['COLUMNS']) || columns || 100), colour };
}
