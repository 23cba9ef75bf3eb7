// Times one form on one input in the runtime that runs it, and prints the cost in ns per call.
import process from 'node:process';
import { guessBatch, measureBatches } from '../../src/measure/measure.ts';
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
const calls = await guessBatch(body, 250_000);
const found = await measureBatches(body, { callsPerBatch: calls, durationNs: 400e6, probe: null });
// The last quarter, which is settled, and of it the tenth percentile: there is no probe here.
const sorted = found.batchesNs.slice(-Math.ceil(found.batchesNs.length / 4)).toSorted();
console.log(JSON.stringify({ ns: sorted[Math.floor(sorted.length / 10)]! / calls }));
process.exit(0);
