/** Tests of what guards a run: locks, watched files, clocks, kept launches, foreign messages. */
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { quoted, resumeCommand } from '../../src/cli/resume_command.ts';
import { readJournal } from '../../src/results/journal.ts';
import { rowsOf } from '../../src/analysis/rows.ts';
import { clockMarks } from '../../src/machine/clocks.ts';
import { watchFiles } from '../../src/session/files.ts';
import { takePlace } from '../../src/session/lock.ts';
import { doneAt, failedAs, simulate, simulatedSession, untouched } from '../faults/simulate.ts';

const folder = mkdtempSync(join(os.tmpdir(), 'ffi-bench-guards-'));
after(() => rmSync(folder, { recursive: true, force: true }));

test('takePlace refuses beside another run, or lets in and tells of it', () => {
  const first = takePlace(folder, 'a.json', false);
  assert.ok('lock' in first && first.others.length === 0);
  const second = takePlace(folder, 'b.json', false);
  assert.ok('holder' in second && second.holder.document === 'a.json');
  const third = takePlace(folder, 'c.json', true);
  assert.ok('lock' in third);
  assert.equal(third.others.length, 1);
  first.lock.release();
  assert.ok('holder' in takePlace(folder, 'd.json', false), 'the third is still there');
  third.lock.release();
});

test('watchFiles tells a replaced file from one that was only touched or written alike', () => {
  const path = join(folder, 'runtime');
  const cache = join(folder, 'hashes.json');
  writeFileSync(path, 'one');
  const files = watchFiles([path], cache);
  assert.deepEqual(watchFiles([path], cache).hashes, files.hashes);
  utimesSync(path, 1, 1);
  assert.equal(files.whyReplaced(path), null);
  writeFileSync(path, 'one');
  assert.equal(files.whyReplaced(path), null);
  writeFileSync(path, 'three');
  assert.match(files.whyReplaced(path)!, /was replaced .* SHA-256 began with 7692c3ad3540/);
  writeFileSync(path, 'one');
  assert.equal(files.replaced().length, 1, 'what was launched in between is not undone');
  const gone = watchFiles([path]);
  rmSync(path);
  assert.match(gone.whyReplaced(path)!, /was taken away/);
});

test('clockMarks tells a step from a sleep, and neither from a long launch', () => {
  const of = (steadyMs: number, wallMs: number, upMs: number) =>
    clockMarks({ steadyMs, wallMs, upMs });
  assert.deepEqual(of(60_000, 60_100, 61_000), []);
  assert.deepEqual(of(500, 3_600_500, 500), ['clock_step']);
  assert.deepEqual(of(500, -3_600_000, 1000), ['clock_step']);
  assert.deepEqual(of(500, 3_600_500, 3_600_500), ['clock_step', 'suspended']);
});

test('launches that spanned a step or a sleep are kept and marked, and not counted', async () => {
  const now = { steadyMs: 0, wallMs: 0, upMs: 0 };
  const pass = (steady: number, asleep: number, step: number) => {
    now.steadyMs += steady;
    now.upMs += steady + asleep;
    now.wallMs += steady + asleep + step;
  };
  const document = await simulate(
    simulatedSession(1, 8),
    join(folder, 'clock.ndjson'),
    (n) => {
      pass(300, n === 4 ? 3_600_000 : 0, n === 9 ? -5000 : 0);
      return doneAt(n === 4 || n === 9 ? 8 : 5);
    },
    {
      clocks: {
        steadyMs: () => now.steadyMs,
        wallMs: () => now.wallMs,
        upMs: () => now.upMs,
      },
    },
  );
  const marked = document!.raw.launches.filter(({ marks }) => marks.length > 0);
  assert.deepEqual(marked.map(({ sequence }) => sequence), [4, 9]);
  assert.deepEqual(marked.map(({ marks }) => marks), [['clock_step', 'suspended'], ['clock_step']]);
  const figures = document!.derived.cases;
  assert.ok(figures.every(({ cost_ns }) => cost_ns!.max < 6), 'one was averaged in');
  assert.equal(figures.reduce((sum, { launches }) => sum + launches.marked, 0), 2);
  assert.equal(rowsOf(document!)[0]!.cases.reduce((sum, one) => sum + one.setAside.length, 0), 2);
});

test('what cannot be recorded costs its launch, not the run', async () => {
  const path = join(folder, 'strange.ndjson');
  const document = await simulate(simulatedSession(1, 4), path, (n) => {
    const strange = [
      failedAs('failed', '\ud800'.repeat(5000)),
      { ...doneAt(5), signal: '<script>' },
      { ...doneAt(5), measured: { ...doneAt(5).measured!, crossings_per_call: -1 } },
      { ...failedAs('crashed', 'x'), exitCode: 0.5 },
    ];
    return n < strange.length ? strange[n]! : doneAt(5);
  });
  assert.equal(document!.raw.launches.length, 12);
  assert.equal(
    document!.raw.launches.filter(({ outcome }) => outcome === 'protocol_error').length,
    3,
  );
  assert.equal(readJournal(path).launches.length, 12);
});

test('a case that keeps failing is given up after three, others go on', async () => {
  const session = simulatedSession(1, 10);
  const document = await simulate(
    session,
    join(folder, 'failing.ndjson'),
    (_n, { lane }) => lane === 'bun.plain' ? failedAs('crashed', 'It died.') : doneAt(5),
  );
  const counts = Map.groupBy(document!.raw.launches, ({ arm }) => arm);
  assert.deepEqual(
    ['deno.plain', 'bun.plain', 'node.plain'].map((arm) => counts.get(arm)!.length),
    [10, 3, 10],
  );
  assert.match(document!.raw.notes[0]!.text, /given up/);
});

test('a file that is replaced ends the launches of its arm', async () => {
  let isReplaced = false;
  const why = (path: string) => isReplaced && path === '/opt/bun' ? 'It was replaced.' : null;
  const files = {
    ...untouched,
    whyReplaced: why,
    replaced: () => [why('/opt/bun')].filter((reason) => reason !== null),
  };
  const document = await simulate(
    simulatedSession(1, 10, files),
    join(folder, 'replaced.ndjson'),
    (n, { lane }) => {
      isReplaced ||= n > 8 && lane === 'bun.plain';
      return doneAt(5);
    },
  );
  const bun = document!.raw.launches.filter(({ arm }) => arm === 'bun.plain');
  assert.deepEqual(bun.flatMap(({ marks }) => marks), ['replaced']);
  assert.equal(bun.filter(({ reason }) => reason === 'It was replaced.').length, 3);
  assert.ok(document!.raw.notes.some(({ text }) => text.startsWith('It was replaced.')));
});

test('a resumed run that had come to its end adds nothing to its journal', async () => {
  const path = join(folder, 'ended.ndjson');
  const session = simulatedSession(2, 3);
  const first = await simulate(session, path, () => doneAt(5));
  const text = readFileSync(path, 'utf8');
  const again = await simulate(session, path, () => doneAt(7), { resume: true });
  assert.equal(readFileSync(path, 'utf8'), text);
  assert.deepEqual(again, first);
});

test('a resumed run keeps to its time, with what it took before', async () => {
  const path = join(folder, 'timed.ndjson');
  const session = simulatedSession(1, 10);
  let now = 0;
  const clock = () => now;
  const clocks = { steadyMs: clock, wallMs: clock, upMs: clock };
  const extent = { precision: null, timeMs: 8000 };
  const interrupt = new AbortController();
  const launch = (n: number) => {
    now += 1000;
    if (n === 4) interrupt.abort();
    return doneAt(5);
  };
  const abort = interrupt.signal;
  assert.equal(await simulate(session, path, launch, { clocks, extent, abort }), null);
  const go = (_n: number) => launch(9);
  const document = await simulate(session, path, go, { clocks, extent, resume: true });
  // Five launches before, then the round that 8 s fall into, and none after it.
  assert.equal(document!.raw.launches.length, 9);
});

test('resumeCommand overwrites the older document that the run was begun to overwrite', () => {
  const path = join(folder, 'older.json');
  assert.ok(resumeCommand(path).endsWith(`run --resume --out ${path}`));
  writeFileSync(path, '{}');
  assert.ok(resumeCommand(path).endsWith(`run --resume --force --out ${path}`));
});

test('quoted gives a shell back what it was given', () => {
  assert.equal(quoted('/a/b-c.json'), '/a/b-c.json');
  assert.equal(quoted('a b'), "'a b'");
  assert.equal(quoted("$(x)'`y`\n"), "'$(x)'\\''`y`\n'");
});
