// CPython's part without a Python: sources, selection, and the article's section.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cHeader } from '../../runtimes/cpython/bindings/declarations.ts';
import { cythonSource } from '../../runtimes/cpython/bindings/cython.ts';
import { rustSource } from '../../runtimes/cpython/bindings/rust.ts';
import { isPythonLane, laneRow, lanes } from '../../runtimes/lanes.ts';
import { literal, textLiteral } from '../../src/catalogue/python/case.ts';
import { pythonCase } from '../../src/catalogue/python/tasks.ts';
import { entries } from '../../src/catalogue/catalogue.ts';
import { exportedName, symbolNames } from '../../src/catalogue/signatures.ts';
import { text } from '../../src/catalogue/texts.ts';
import { defaultRequests } from '../../src/machine/runtimes.ts';
import { isFolded } from '../../src/planning/plan.ts';
import { roundsFor, unnarrowed, wantsPython } from '../../src/planning/select.ts';
import { whyUnable } from '../../src/planning/unable.ts';
import { renderSections } from '../../src/report/sections.ts';
import { buildArm, buildRun, type BuiltRow } from '../golden/build_run.ts';
import { eightRounds, sampleRun } from '../golden/sample_run.ts';

const pythonMechanisms = lanes.filter(isPythonLane).map(({ mechanism }) => mechanism);
const entryOf = (wanted: string) => entries.find(({ name }) => name === wanted)!;

test('every function of the table is bound in C, in Cython and in Rust', () => {
  const [header, cython, rust] = [cHeader(), cythonSource(), rustSource()];
  for (const name of symbolNames) {
    assert.match(header, new RegExp(`\\b${exportedName(name)}\\(`));
    assert.match(cython, new RegExp(`^def ${name}\\(`, 'm'));
    assert.match(rust, new RegExp(`#\\[pyfunction\\] fn ${name}\\(`));
    assert.match(rust, new RegExp(`wrap_pyfunction!\\(${name}, m\\)`));
  }
});

test('literal writes values as Python reads them', () => {
  const pairs = [[null, 'None'], [true, 'True'], [-0, '-0.0'], [NaN, "float('nan')"]] as const;
  for (const [value, want] of pairs) assert.equal(literal(value), want);
  assert.equal(literal(-Infinity), "float('-Infinity')");
  assert.equal(literal(2n ** 64n - 1n), '18446744073709551615');
  assert.equal(literal('a"\n'), '"a\\"\\n"');
});

test('textLiteral writes a long text as a product of the same length', () => {
  const long = text(65536);
  const [, first, times, rest] = /^\("(.*)" \* (\d+) \+ "(.*)"\)$/.exec(textLiteral(long))!;
  assert.equal(first!.repeat(Number(times)) + rest, long);
  assert.equal(textLiteral('short'), '"short"');
});

test('an order stays below what a system takes as one argument', () => {
  // The longest text, and one case of every task.
  const asked = entries.filter(({ task, params }) =>
    params === task.params[0] || params['bytes'] === 2 ** 22
  );
  for (const { task, params, name } of asked) {
    const found = pythonCase('cython', task, params);
    if (typeof found === 'string') continue;
    assert.ok(JSON.stringify(found).length < 2 ** 16, name);
  }
});

test('a Python twin is not folded, and a twin in JavaScript is', () => {
  assert.equal(isFolded(laneRow('cpython.plain'), entryOf('call.noop')), false);
  assert.equal(isFolded(laneRow('deno.plain'), entryOf('call.noop')), true);
});

test('whyUnable says what a lane of CPython has no part in', () => {
  const why = (lane: string, name: string) => {
    const { task, params } = entryOf(name);
    return whyUnable(laneRow(lane), task, params);
  };
  assert.equal(why('cpython.ctypes', 'call.noop'), null);
  assert.match(why('cpython.ctypes', 'string_in.direct[36]')!, /encode it into bytes/);
  assert.match(why('cpython.numpy', 'call.noop')!, /no statement for NumPy alone/);
  assert.equal(why('cpython.ctypes', 'work.crc32[64]'), null);
  assert.match(why('cpython.ctypes', 'string_in.encode_into[36]')!, /bytes of its own/);
  assert.match(why('cpython.ctypes', 'call.u64_number')!, /one type of integers/);
  assert.match(why('cpython.cython', 'errno.runtime')!, /reads errno in code of its own/);
  assert.match(why('cpython.ctypes', 'start.open[1]')!, /times batches of calls/);
  assert.match(why('cpython.pyo3', 'handle.map[1000]')!, /read at an address/);
  assert.match(why('cpython.pyo3', 'article.sum_range[gcc,100]')!, /rustc alone compiles/);
});

test('CPython belongs to a run that names a lane of it, the article or publish', () => {
  const asked = (more: object) => wantsPython({ ...unnarrowed, ...more });
  assert.equal(asked({}), false);
  assert.equal(asked({ lanes: ['plain'] }), false);
  assert.equal(asked({ lanes: ['ctypes', 'ffi'] }), true);
  assert.equal(asked({ lanes: ['cpython.plain'] }), true);
  assert.equal(asked({ profile: 'article' }), true);
  assert.equal(asked({ profile: 'publish' }), true);
  assert.ok(defaultRequests(false).every(({ runtime }) => runtime !== 'cpython'));
  assert.ok(defaultRequests(true).some(({ runtime }) => runtime === 'cpython'));
});

test('a family of the catalogue has a statement in Python, or a reason of its own', () => {
  const without = new Set(
    entries.filter(({ task, params }) =>
      pythonMechanisms.every((mechanism) => {
        const why = whyUnable(laneRow(`cpython.${mechanism}`), task, params);
        return why !== null && /^the catalogue has no statement in Python/.test(why);
      })
    ).map(({ task }) => task.id),
  );
  assert.deepEqual([...without], []);
});

test('a Python that was named has all of its lanes in any profile', () => {
  const rounds = (lane: string) =>
    roundsFor(unnarrowed, entryOf('call.noop'), laneRow(lane), false);
  assert.ok(rounds('cpython.cython') > 0 && rounds('cpython.plain') > 0);
});

/** Costs of an arm by case, of the article's experiments. */
function rowsOf(costs: Readonly<Record<string, Readonly<Record<string, number>>>>): BuiltRow[] {
  return Object.entries(costs).map(([name, byArm]) => {
    const [, task, list = ''] = /^([^[]+)(?:\[(.*)\])?$/.exec(name)!;
    const values = list.split(',').filter((value) => value !== '');
    const params = values.map((value, i) => [
      `p${i}`,
      /^\d+$/.test(value) ? Number(value) : value,
    ]);
    return {
      task: task!,
      params: Object.fromEntries(params),
      cases: Object.fromEntries(
        Object.entries(byArm).map(([arm, ns]) => [arm, { costs: eightRounds(ns) }]),
      ),
    };
  });
}

const arms = ['deno.ffi', 'deno.plain', 'cpython.plain', 'cpython.cython', 'cpython.pyo3'];
const run = buildRun(
  arms.map((label) => buildArm(label)),
  rowsOf({
    'article.nothing': { 'cpython.plain': 24, 'cpython.cython': 12 },
    'call.noop': { 'deno.ffi': 4.6 },
    'article.sum_range[gcc,1000000]': { 'cpython.cython': 154e3 },
    'article.sum_range[rustc,1000000]': { 'cpython.pyo3': 57 },
    'range.loop[1000000]': { 'deno.ffi': 300e3 },
    'range.fold[1000000]': { 'deno.ffi': 5 },
  }),
);

test("the article's section sets its own figures first, then CPython, then JavaScript", () => {
  const shown = renderSections(run, ['article'], { width: 160 });
  assert.match(shown, /experiment +│? *article +CPython 1\.0\.0 +Deno 2\.9\.6/);
  assert.match(shown, /nothing, compiled +30\.0 ns +12\.\d ns [^\n]* 4\.\d+ ns/);
});

test("the article's answers tell the factor between two ways of one language", () => {
  const shown = renderSections(run, ['article'], { width: 500 });
  assert.match(shown, /On CPython 1\.0\.0 a compiled function that does nothing takes 12\.\d ns/);
  assert.match(shown, /one in the language itself 24\.\d ns: 2\.00 times less\./);
  assert.match(shown, /On Deno 2\.9\.6 the range that the compiler folds takes 5\.\d+ ns/);
});

test('a run without CPython has no such section', () => {
  assert.equal(renderSections(sampleRun(), ['article']).trim(), '');
});
