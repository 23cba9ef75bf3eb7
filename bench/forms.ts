// Whether the catalogue uses the fastest known form: per family, input and runtime, the cost of
// every form and its factor against the catalogue's own. Below 1 it is faster.
//
//   node bench/forms.ts [FAMILY …]
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import process from 'node:process';
import { type RuntimeName, runtimes } from '../runtimes/registry.ts';
import { readTools } from '../src/boot/tools.mjs';
import { root } from '../src/boot/versions.mjs';
import { families } from './forms/families.ts';
import type { Family } from './forms/forms.ts';

/** Processes per form; their median counts. Set ROUNDS for another number. */
const rounds = Number(process.env['ROUNDS'] ?? 3);
/** A form is reported as beating the catalogue's below this factor. */
const beaten = 0.9;
const script = join(root, 'bench', 'forms', 'child.ts');

/** The cost of one form in a process of its own, in ns; null where the form is not there. */
function costOf(runtime: RuntimeName, order: object): number | null {
  const tool = readTools().runtimes[runtime];
  if (tool.state === 'missing') throw new Error(tool.reason);
  const flags = runtimes[runtime].flags.map((flag) => flag.replace('{checkout}', root));
  try {
    const args = [...flags, script, JSON.stringify(order)];
    const said = execFileSync(tool.path, args, {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    return JSON.parse(said.trim().split('\n').at(-1)!).ns;
  } catch {
    return null;
  }
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1]!;
}

/** The cost of every form, the rounds interleaved. */
function costs(runtime: RuntimeName, family: string, forms: readonly string[], input: string) {
  const found = new Map<string, number[]>(forms.map((form) => [form, []]));
  for (let round = 0; round < rounds; round++) {
    for (const form of forms) {
      const ns = costOf(runtime, { family, form, input });
      if (ns !== null) found.get(form)!.push(ns);
    }
  }
  return found;
}

const wanted = process.argv.slice(2);
const beating: string[] = [];
for (const [name, family] of Object.entries(families) as [string, Family<unknown>][]) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  console.log(`${name}: ${family.says}`);
  const forms = ['chosen', ...Object.keys(family.others)];
  for (const input of Object.keys(family.inputs)) {
    for (const runtime of Object.keys(runtimes) as RuntimeName[]) {
      const found = costs(runtime, name, forms, input);
      const own = median(found.get('chosen')!);
      const cells = forms.map((form) => {
        const values = found.get(form)!;
        if (values.length === 0) return `${form} –`;
        const factor = median(values) / own;
        if (factor < beaten) beating.push(`${name}[${input}] ${runtime} ${form}`);
        return `${form} ${factor.toFixed(2)}`;
      });
      const cost = `${own.toFixed(1)} ns`;
      console.log(
        `  ${input.padEnd(11)} ${runtime.padEnd(5)} ${cost.padStart(12)}  ${cells.join('  ')}`,
      );
    }
  }
}
console.log(
  beating.length === 0
    ? 'No known form beats the catalogue by more than 10 %.'
    : `Faster than the catalogue by more than 10 %:\n  ${beating.join('\n  ')}`,
);
