/**
 * Do two runs of the same binaries count the same instructions? Every case of the default profile
 * in the ffi lanes and the floor, piloted and stepped twice. Goal: every exact count equal, and
 * nine of ten cases exact. What else the machine does makes no difference to a count.
 *
 *     npm run self -- bench/instructions.ts [LANES] [TASK]...
 */
import process from 'node:process';
import type { Instructions } from '../src/results/schema.ts';
import { openBench } from './bench.ts';

const [lanes = 'ffi,call', ...tasks] = process.argv.slice(2);

function shown({ per_call: { low, high, exact }, regions, reason }: Instructions): string {
  if (reason !== null) return reason;
  const range = low === high ? String(low) : `${low} to ${high}`;
  const parts = regions.map(({ region, file, high: most }) =>
    `${most} ${region === 'other' ? file ?? 'elsewhere' : region}`
  );
  return `${range}${exact ? '' : ' (not exact)'}: ${parts.join(', ')}`;
}

const bench = await openBench({ lanes: lanes.split(','), tasks });
const found = { counted: 0, exact: 0, compared: 0, equal: 0 };
for (const planned of bench.cases) {
  if (planned.entry.task.timing !== 'batched') continue;
  const once = await bench.count(planned, await bench.pilot(planned));
  const again = await bench.count(planned, await bench.pilot(planned));
  const name = `${planned.entry.name.padEnd(28)} ${planned.arm.label.padEnd(12)}`;
  process.stdout.write(`${name} ${shown(once)}\n`);
  if (once.reason !== null) continue;
  found.counted++;
  if (once.per_call.exact) found.exact++;
  if (!once.per_call.exact || !again.per_call.exact) continue;
  found.compared++;
  if (once.per_call.low === again.per_call.low) found.equal++;
  else process.stdout.write(`${name} ${shown(again)}  DIFFERS\n`);
}
process.stdout.write(
  `${found.exact} of ${found.counted} counts exact; ` +
    `${found.equal} of ${found.compared} the same in the second run\n`,
);
