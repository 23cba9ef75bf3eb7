/**
 * Do two runs, an hour apart, tell the same story? The ratio of two lanes per task in two
 * documents. Goal: bun.ffi over deno.ffi agrees within 2 % or 0.1 ns for nine of ten tasks.
 *
 *     npm run self -- bench/agreement.ts FIRST.json SECOND.json [bun.ffi deno.ffi]
 */
import process from 'node:process';
import { openDocument } from '../src/analysis/open.ts';
import type { Pair } from '../src/results/schema_derived.ts';

const [first, second, arm = 'bun.ffi', base = 'deno.ffi'] = process.argv.slice(2);

/** The ratio of the two lanes per task, and what the first costs, in ns. */
function storiesOf(file: string) {
  const { provenance, derived } = openDocument(file);
  process.stdout.write(`${file}: started ${provenance.started_at}\n`);
  const costs = derived.cases.filter((one) => one.arm === arm);
  const pairs = derived.pairs.filter((pair) => pair.arm === arm && pair.base === base);
  return new Map(pairs.map(({ case: name, ratio }) => {
    const costNs = costs.find((one) => one.case === name)?.cost_ns?.value ?? 0;
    return [name, { ratio, costNs }];
  }));
}

type Ratio = Pair['ratio'];

/** Whether the intervals of two ratios meet; true where one has none. */
function meets(a: Ratio, b: Ratio): boolean {
  const [low, high] = [
    Math.max(a.low ?? 0, b.low ?? 0),
    Math.min(a.high ?? Infinity, b.high ?? Infinity),
  ];
  return low <= high;
}

const before = storiesOf(first!);
const after = storiesOf(second!);
const names = [...before.keys()].filter((name) => after.has(name));
let agreeing = 0;
let meeting = 0;
for (const name of names) {
  const [a, b] = [before.get(name)!, after.get(name)!];
  const apart = Math.expm1(Math.abs(Math.log(b.ratio.value / a.ratio.value)));
  const agrees = apart <= 0.02 || apart * Math.max(a.costNs, b.costNs) <= 0.1;
  if (agrees) agreeing++;
  if (meets(a.ratio, b.ratio)) meeting++;
  process.stdout.write(
    `${name.padEnd(28)} ${shown(a.ratio)} then ${shown(b.ratio)}: ${(apart * 100).toFixed(1)} % ` +
      `apart${agrees ? '' : '  OVER 2 %'}${meets(a.ratio, b.ratio) ? '' : '  INTERVALS APART'}\n`,
  );
}
process.stdout.write(
  `${agreeing} of ${names.length} tasks agree within 2 % or 0.1 ns; ` +
    `the intervals of ${meeting} meet\n`,
);

function shown({ value, low, high }: Ratio): string {
  const digits = (one: number | null) => one?.toFixed(3) ?? '?';
  return `×${digits(value)} [${digits(low)}, ${digits(high)}]`;
}
