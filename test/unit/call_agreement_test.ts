// What is said before a call is measured: lanes that differ, crash, or do not answer.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compareAnswers, type LaneAnswer } from '../../src/call/agreement.ts';
import { foreignTask } from '../../src/call/task.ts';
import { seenName } from '../../src/call/witness.ts';
import type { CallDescription } from '../../src/catalogue/foreign.ts';
import type { Check } from '../../src/catalogue/task.ts';
import { countCompared, wrongAnswers } from '../../src/worker/known_answers.ts';

function answer(
  label: string,
  answers: string[] | null,
  more: Partial<CallDescription> & { outcome?: string } = {},
): LaneAnswer {
  const { outcome = answers === null ? 'crashed' : 'done', ...description } = more;
  const task = foreignTask({
    id: 'foreign.f',
    isolates: 'f',
    library: 'libf.so',
    exported: 'f',
    signature: { args: [], result: 'f64' },
    parameters: [],
    sweep: null,
    expect: null,
    against: null,
    ...description,
  });
  const mechanism = label.split('.')[1];
  return {
    planned: { entry: { name: task.id, task, params: {} }, arm: { label, row: { mechanism } } },
    answers,
    seen: null,
    elapsedMs: 1,
    outcome,
    reason: answers === null ? 'It died of SIGSEGV after "manifest".' : null,
    signal: answers === null ? 'SIGSEGV' : null,
    exitCode: null,
    stderrTail: '',
  } as unknown as LaneAnswer;
}

test('compareAnswers lets lanes pass that agree', () => {
  const said = compareAnswers([answer('deno.ffi', ['1']), answer('bun.ffi', ['1'])]);
  assert.deepEqual(said, { refusals: [], warnings: [] });
});

test('compareAnswers shows answers that differ side by side', () => {
  const { refusals } = compareAnswers([answer('deno.ffi', ['1']), answer('bun.ffi', ['2'])]);
  const text = refusals.join('\n');
  assert.match(text, /do not give the same answer/);
  assert.match(text, /deno\.ffi +1\n/);
  assert.match(text, /bun\.ffi +2\n/);
});

test('compareAnswers says where lanes differ in errno alone', () => {
  const more = { readsErrno: true } as const;
  const { refusals } = compareAnswers([
    answer('deno.ffi', ['-1', '9'], more),
    answer('bun.ffi', ['-1', '11'], more),
  ]);
  assert.match(refusals.at(-1)!, /^They differ in errno alone: /);
  const others = [answer('a.ffi', ['-1', '9'], more), answer('b.ffi', ['-2', '9'], more)];
  assert.doesNotMatch(compareAnswers(others).refusals.at(-1)!, /errno/);
});

test('compareAnswers holds memory that was written to as it holds answers', () => {
  const { refusals } = compareAnswers([answer('a.ffi', ['1', 'x']), answer('b.ffi', ['1', 'y'])]);
  assert.notEqual(refusals.length, 0);
});

test('compareAnswers says where it is JavaScript alone that differs', () => {
  const native = [answer('bun.ffi', ['1']), answer('deno.ffi', ['1'])];
  const { refusals } = compareAnswers([...native, answer('bun.plain', ['2'])]);
  assert.match(refusals.at(-1)!, /JavaScript function \(--against\)/);
});

test('compareAnswers lets any answer pass where that was asked for', () => {
  const any = { expect: 'any' };
  const { refusals } = compareAnswers([answer('a.ffi', ['1'], any), answer('b.ffi', ['2'], any)]);
  assert.deepEqual(refusals, []);
});

test('compareAnswers allows JavaScript other last digits, and native lanes none', () => {
  const [a, b] = ['0.3', '0.30000000000000004'];
  assert.deepEqual(
    compareAnswers([answer('bun.ffi', [a]), answer('bun.plain', [b])]).refusals,
    [],
  );
  assert.notEqual(
    compareAnswers([answer('bun.ffi', [a]), answer('deno.ffi', [b])]).refusals.length,
    0,
  );
});

test('compareAnswers names the likely cause of a crash, and goes on with the rest', () => {
  const some = compareAnswers([answer('deno.ffi', ['1']), answer('bun.ffi', null)]);
  assert.deepEqual(some.refusals, []);
  assert.match(some.warnings.join('\n'), /bun\.ffi .*SIGSEGV[\s\S]*prototype that does not match/);
  const none = compareAnswers([answer('deno.ffi', null), answer('bun.ffi', null)]);
  assert.match(none.refusals.join('\n'), /No lane[\s\S]*SIGSEGV[\s\S]*likely cause/);
});

/** The checks of a task of one function in JavaScript, asked three times and after its body. */
function checksOf(f: () => unknown, expect: CallDescription['expect'] = null) {
  const own = foreignTask({
    ...answer('x.plain', []).planned.entry.task.foreign!.description!,
    against: 'f',
    expect,
  }, f);
  const prepared = (own.plain as (params: object) => ReturnType<typeof own.prepare>)({});
  const [first, second] = [prepared.check(), prepared.check()];
  prepared.body();
  const all = [first, second, prepared.after!(1)].flat() as Check[];
  return all.filter(({ what }) => what !== seenName);
}

test('answers of a function that changes them from call to call are compared with nothing', () => {
  let next = 0;
  const checks = checksOf(() => next++);
  assert.deepEqual(checks.map(({ got }) => got), [0, 3, 4]);
  assert.ok(checks.every(({ want }) => want === undefined));
  assert.equal(countCompared(checks), 0);
});

test('the first answer of a function with a state is held to the expected one', () => {
  let next = 5;
  const checks = checksOf(() => next++, '4');
  assert.deepEqual(wrongAnswers(checks), [{ what: 'the answer', got: '5', want: '4' }]);
});

test('a function that gave the same answer twice is held to it', () => {
  let calls = 0;
  const checks = checksOf(() => ++calls === 5 ? 8 : 7);
  assert.deepEqual(checks.map(({ got, want }) => [got, want]), [[7, 7], [7, 7], [8, 7]]);
  assert.equal(wrongAnswers(checks).length, 1);
});

test('any answer is told and compared with nothing where that was asked for', () => {
  assert.equal(countCompared(checksOf(() => 7, 'any')), 0);
});

test('a JavaScript function gets numbers where C takes 64 bits, and its answer is a bigint', () => {
  const seen: unknown[] = [];
  const own = foreignTask({
    ...answer('x.plain', []).planned.entry.task.foreign!.description!,
    signature: { args: ['u64'], result: 'u64' },
    parameters: [{ name: 'n', recipe: { from: 'value', text: '7' } }],
    against: 'f',
  }, (n: number) => {
    seen.push(n);
    return n + 1;
  });
  const prepared = (own.plain as (params: object) => ReturnType<typeof own.prepare>)({});
  const [answered] = prepared.check() as unknown[];
  assert.deepEqual(answered, { what: 'the answer', got: 8n, want: 8n });
  assert.deepEqual(new Set(seen), new Set([7]));
});
