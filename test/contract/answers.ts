// Asks a lane every function of the table, with known answers at the edges of its types.
import { capabilitiesOf } from '../../runtimes/lanes.ts';
import { signatures, type SymbolName } from '../../src/catalogue/signatures.ts';
import { isAsked } from './probes/symbols.ts';
import { probeLane, type ScriptLane } from './workers.ts';

/** What a lane answered wrongly, or not at all, and how its process ended. */
export async function wrongAnswersIn(row: ScriptLane, folder: string) {
  const { lines, end } = await probeLane(row, folder, 'symbols');
  const can = capabilitiesOf(row);
  const wrong = (Object.keys(signatures) as SymbolName[]).flatMap((name) => {
    const line = lines.get(name);
    if (line === undefined) return [`${name}: nothing was said`];
    if (isAsked(name, can) && line.checks === 0) {
      return [`${name}: ${line.wrong.join() || 'nothing asked'}`];
    }
    return line.wrong.map((what) => `${name}: ${what}`);
  });
  return { wrong, end };
}
