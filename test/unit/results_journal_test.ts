/** Tests of journals: one line per launch, torn ends, bad lines, and the document made of them. */
import assert from 'node:assert/strict';
import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { withFigures } from '../../src/analysis/derive.ts';
import { assembleRaw } from '../../src/results/assemble.ts';
import { parseDocument } from '../../src/analysis/open.ts';
import { stringifyDocument } from '../../src/results/document.ts';
import { InputError } from '../../src/results/input_error.ts';
import { openJournal, parseJournal, readJournal } from '../../src/results/journal.ts';
import type { RunLine } from '../../src/results/schema.ts';
import { buildArm, buildLaunch, buildRawRun } from '../golden/build_run.ts';

const raw = buildRawRun([buildArm('deno.ffi'), buildArm('bun.ffi')], [
  { task: 'call.noop', cases: { 'deno.ffi': { costs: [] }, 'bun.ffi': { costs: [] } } },
]);

function runLine(): RunLine {
  const { after: _after, finished_at: _finished, ...provenance } = raw.provenance;
  const cases = raw.cases.map((item) => ({ ...item, status: 'not_run' as const }));
  return {
    kind: 'run',
    schema: raw.schema,
    id: raw.id,
    plan: raw.plan,
    provenance,
    arms: raw.arms,
    cases,
  };
}

function launchLine(arm: string, cost: number | null, sequence: number) {
  return { kind: 'launch' as const, ...buildLaunch('call.noop', arm, cost, { sequence }) };
}

function withJournal(body: (path: string) => void): void {
  const folder = mkdtempSync(join(tmpdir(), 'ffi-bench-test-'));
  try {
    body(join(folder, 'run.journal.ndjson'));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const textOf = (...lines: readonly object[]) =>
  lines.map((line) => `${JSON.stringify(line)}\n`).join('');

test('a journal gives back the lines it was given', () => {
  withJournal((path) => {
    const journal = openJournal(path);
    journal.append(runLine());
    journal.append(launchLine('deno.ffi', 4, 0));
    journal.append({ kind: 'note', at: '2026-01-02T03:04:05Z', text: 'Ünïcode, 日本語' });
    journal.append(launchLine('bun.ffi', null, 1));
    journal.close();
    const content = readJournal(path);
    assert.deepEqual(content.run, runLine());
    assert.deepEqual(content.launches.map(({ arm }) => arm), ['deno.ffi', 'bun.ffi']);
    assert.equal(content.notes[0]!.text, 'Ünïcode, 日本語');
    assert.equal(content.end, null);
    assert.equal(content.torn, false);
  });
});

test('openJournal does not write over a journal that exists', () => {
  withJournal((path) => {
    writeFileSync(path, '');
    assert.throws(() => openJournal(path), /EEXIST/);
  });
});

test('a torn last line is dropped on reading and cut off on resuming', () => {
  withJournal((path) => {
    const journal = openJournal(path);
    journal.append(runLine());
    journal.append({ kind: 'note', at: '2026-01-02T03:04:05Z', text: 'ü' });
    journal.close();
    appendFileSync(path, '{"kind":"launch","case":"call.no');
    assert.equal(readJournal(path).torn, true);
    const resumed = openJournal(path, { resume: true });
    resumed.append(launchLine('deno.ffi', 4, 0));
    resumed.close();
    const content = readJournal(path);
    assert.equal(content.torn, false);
    assert.equal(content.launches.length, 1);
    assert.equal(readFileSync(path, 'utf8').split('\n').length, 4);
  });
});

test('parseJournal names file, line and reason of a bad line', () => {
  const bad = (text: string, expected: RegExp) =>
    assert.throws(() => parseJournal(text, 'j.ndjson'), (error) => {
      assert.ok(error instanceof InputError);
      assert.match(error.message, expected);
      return true;
    });
  const launch = launchLine('deno.ffi', 4, 0);
  bad('', /j\.ndjson is not a journal/);
  bad('{"kind":"run"', /is not a journal/);
  bad(textOf(launch), /is not a journal: its first line/);
  bad(`${textOf(runLine())}hello\n`, /j\.ndjson, line 2 is not JSON/);
  bad(textOf(runLine(), { kind: 'dance' }), /line 2 is no line of a journal/);
  bad(textOf(runLine(), { kind: 'toString' }), /line 2 is no line of a journal/);
  bad(`${textOf(runLine())}null\n`, /line 2 is no line of a journal/);
  bad(textOf(runLine(), runLine()), /line 2: a second run/);
  bad(textOf({ ...runLine(), schema: 'ffi-bench/v0' }), /line 1 is of another version/);
  bad(
    textOf(runLine(), { ...launch, wall_ms: '3' }),
    /line 2: \/wall_ms is "3": it must be number/,
  );
  bad(textOf(runLine(), { ...launch, measured: null }), /line 2: \/measured must stand/);
});

test('a journal becomes a document whose cases are settled by their launches', () => {
  const content = parseJournal(
    textOf(
      runLine(),
      launchLine('deno.ffi', 4, 0),
      launchLine('bun.ffi', null, 1),
      { kind: 'case', case: 'call.noop', arm: 'deno.ffi', folded: true },
      {
        kind: 'end',
        finished_at: '2026-01-02T03:09:00Z',
        after: { load1: 0.5, steal_ticks: null },
      },
    ),
    'j.ndjson',
  );
  const document = withFigures(assembleRaw(content));
  const [deno, bun] = document.cases;
  assert.deepEqual([deno!.status, deno!.folded], ['measured', true]);
  assert.deepEqual([bun!.status, bun!.reason], ['failed', 'No answer within 60 s.']);
  assert.equal(document.provenance.finished_at, '2026-01-02T03:09:00Z');
  assert.equal(document.derived.cases[0]!.cost_ns!.value, 4);
  assert.equal(document.derived.cases[1]!.cost_ns, null);
  assert.deepEqual(parseDocument(stringifyDocument(document), 'd.json'), document);
});

test('assembleRaw of an interrupted run says so', () => {
  const document = assembleRaw(parseJournal(`${textOf(runLine())}{"kind":`, 'j.ndjson'));
  assert.equal(document.provenance.finished_at, null);
  assert.deepEqual(document.cases.map(({ status }) => status), ['not_run', 'not_run']);
  assert.match(document.raw.notes[0]!.text, /torn/);
});
