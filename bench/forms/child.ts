// Times one form on one input in the runtime that runs it, and prints the cost in ns per call.
import process from 'node:process';
import { calibrate, measureBatches } from '../../src/measure/measure.ts';
import { families } from './families.ts';
import type { Family } from './forms.ts';

const { family: name, form, input } = JSON.parse(process.argv[2]!) as {
  family: keyof typeof families;
  form: string;
  input: string;
};
const family = families[name] as Family<unknown>;
const make = form === 'chosen' ? family.chosen : family.others[form]!;
const inputs = [family.inputs[input]!(), family.inputs[input]!()] as const;
const way = make(inputs[0]);
let turn: 0 | 1 = 0;
const body = () => way(inputs[turn = turn === 0 ? 1 : 0]);
const budget = {
  warmUp: { minNs: 120e6, minCalls: 200_000, slowNs: 900e6, maxNs: 1200e6 },
  measureNs: 60e6,
  minBatches: 12,
};
const calls = await calibrate(body, 250_000);
const found = await measureBatches(body, calls, budget);
const sorted = found.batchesNs.toSorted();
console.log(JSON.stringify({ ns: sorted[Math.floor(sorted.length / 10)]! / calls }));
process.exit(0);
