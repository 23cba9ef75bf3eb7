// Beside a busy loop on every core a launch has settled in the code that the case reaches, or says
// that it never settled. The clock of before measured most such launches in slow code and called
// them flat: ten to thirty times the cost.
import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { after, before, test } from 'node:test';
import { openDocument } from '../../src/analysis/open.ts';
import { isSetAside } from '../../src/results/keys.ts';
import { startTool } from '../faults/tool.ts';
import { buildFolder } from './workers.ts';

const folder = buildFolder();
const launches = 3;

/** A launch in the interpreter or in baseline code costs ten times as much and more. */
const slowCode = 5;

let busy: ChildProcess[] = [];
before(() => {
  busy = Array.from(
    { length: availableParallelism() },
    () => spawn(process.execPath, ['-e', 'for (;;);'], { stdio: 'ignore' }),
  );
});
after(() => busy.forEach((child) => child.kill('SIGKILL')));

test('launches beside busy cores have settled or are told as unsettled', async () => {
  const out = join(folder, 'busy.json');
  const { code, stderr } = await startTool([
    ...['run', '--task', 'call.noop', '--task', 'call.i32_args[2]', '--lane', 'ffi'],
    ...['--launches', String(launches), '--no-instructions', '--beside', '--out', out],
  ]).ended;
  assert.equal(code, 0, stderr);
  const { cases, raw, derived } = openDocument(out);
  assert.equal(cases.length, 6);
  assert.ok(busy.every(({ exitCode }) => exitCode === null), 'the loops ran all along');
  for (const { case: name, arm } of cases) {
    const measured = raw.launches.filter((line) =>
      line.case === name && line.arm === arm && !isSetAside(line)
    ).flatMap((line) => line.measured ?? []);
    const settled = measured.filter((line) => line.settled !== null);
    const row = derived.cases.find((one) => one.case === name && one.arm === arm)!;
    assert.ok(measured.length >= launches, `${name} ${arm}: every launch ended`);
    assert.equal(
      row.launches.never_settled,
      measured.length - settled.length,
      `${name} ${arm} tells them`,
    );
    const lows = settled.map(({ quantiles_ns }) => quantiles_ns[1]!);
    const least = Math.min(...lows);
    assert.ok(lows.every((ns) => ns <= slowCode * least), `${name} ${arm}: ${lows} ns`);
  }
});
