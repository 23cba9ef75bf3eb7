/**
 * Do two runs, an hour apart, tell the same story? The ratio of two lanes per task in two
 * documents. Goal: bun.ffi over deno.ffi agrees within 3 % or 0.15 ns for nine of ten tasks.
 *
 *     npm run self -- bench/agreement.ts FIRST.json SECOND.json [bun.ffi deno.ffi]
 */
import process from 'node:process';
import { readDocument } from '../src/results/document.ts';
import { ratioOf } from '../src/results/pairs.ts';
import { type Row, rowsOf } from '../src/results/rows.ts';
import { median } from '../src/stats/quantiles.ts';

const [first, second, arm = 'bun.ffi', base = 'deno.ffi'] = process.argv.slice(2);

interface Story {
  readonly ratio: number;
  readonly costNs: number;
}

/** The ratio of the two lanes in a row, and what the first costs; null where one is missing. */
function storyOf(row: Row | undefined): Story | null {
  const find = (label: string) => row?.cases.find((own) => own.arm.label === label)?.done ?? [];
  const ratio = ratioOf(find(arm), find(base));
  if (ratio === null) return null;
  const costNs = median(find(arm).map(({ measured }) => measured.quantiles_ns[2]!));
  return { ratio: Math.exp(ratio.logRatio), costNs };
}

const [before, after] = [first, second].map((file) => {
  const document = readDocument(file!);
  process.stdout.write(`${file}: started ${document.provenance.started_at}\n`);
  return rowsOf(document);
});
let agreeing = 0;
let compared = 0;
for (const row of before!) {
  const a = storyOf(row);
  const b = storyOf(after!.find(({ name }) => name === row.name));
  if (a === null || b === null) continue;
  compared++;
  const apart = Math.expm1(Math.abs(Math.log(b.ratio / a.ratio)));
  const agrees = apart <= 0.03 || apart * Math.max(a.costNs, b.costNs) <= 0.15;
  if (agrees) agreeing++;
  process.stdout.write(
    `${row.name.padEnd(28)} ×${a.ratio.toFixed(3)} then ×${b.ratio.toFixed(3)}: ${
      (apart * 100).toFixed(1)
    } % apart${agrees ? '' : '  DISAGREES'}\n`,
  );
}
process.stdout.write(`${agreeing} of ${compared} tasks agree within 3 % or 0.15 ns\n`);
