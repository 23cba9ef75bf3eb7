// Whether the catalogue uses the fastest known form: per family, input and runtime, the cost of
// every form and its factor against the catalogue's own. Below 1 it is faster; what seems faster by
// more than 10 % is measured again.
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
/** Processes of a form that seemed faster, and as many of the catalogue's own beside it. */
const roundsAgain = 7;
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

/** The costs of some forms, the rounds interleaved. */
function costs(
  runtime: RuntimeName,
  family: string,
  forms: readonly string[],
  input: string,
  count: number,
) {
  const found = new Map<string, number[]>(forms.map((form) => [form, []]));
  for (let round = 0; round < count; round++) {
    for (const form of forms) {
      const ns = costOf(runtime, { family, form, input });
      if (ns !== null) found.get(form)!.push(ns);
    }
  }
  return found;
}

/**
 * Whether a form that seemed faster is: measured again beside the catalogue's own, it must beat it
 * by the median and by the least of its processes, since a disturbance is never in its favour.
 */
function isFaster(runtime: RuntimeName, family: string, form: string, input: string): boolean {
  const found = costs(runtime, family, ['chosen', form], input, roundsAgain);
  const [own, other] = [found.get('chosen')!, found.get(form)!];
  const factors = [median(other) / median(own), Math.min(...other) / Math.min(...own)];
  const shown = factors.map((factor) => factor.toFixed(2)).join(', least ');
  console.log(`    again: ${form} ${shown}`);
  return factors.every((factor) => factor < beaten);
}

const wanted = process.argv.slice(2);
const beating: string[] = [];
for (const [name, family] of Object.entries(families) as [string, Family<unknown>][]) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  console.log(`${name}: ${family.says}`);
  const forms = ['chosen', ...Object.keys(family.others)];
  for (const input of Object.keys(family.inputs)) {
    for (const runtime of Object.keys(runtimes) as RuntimeName[]) {
      const found = costs(runtime, name, forms, input, rounds);
      const own = median(found.get('chosen')!);
      const factorOf = (form: string) => median(found.get(form)!) / own;
      const cells = forms.map((form) =>
        found.get(form)!.length === 0 ? `${form} –` : `${form} ${factorOf(form).toFixed(2)}`
      );
      const cost = `${own.toFixed(1)} ns`;
      console.log(
        `  ${input.padEnd(11)} ${runtime.padEnd(5)} ${cost.padStart(12)}  ${cells.join('  ')}`,
      );
      const seeming = forms.filter((form) =>
        found.get(form)!.length > 0 && factorOf(form) < beaten
      );
      for (const form of seeming) {
        if (isFaster(runtime, name, form, input)) {
          beating.push(`${name}[${input}] ${runtime} ${form}`);
        }
      }
    }
  }
}
console.log(
  beating.length === 0
    ? 'No known form beats the catalogue by more than 10 %.'
    : `Faster than the catalogue by more than 10 %:\n  ${beating.join('\n  ')}`,
);
