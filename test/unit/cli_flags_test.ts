/** How the values of flags are read. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseCount, parseDuration, parseShare, parseSize } from '../../src/cli/flags.ts';
import { nearest, unknownName } from '../../src/usage/nearest.ts';
import { isOlder, parseRuntime } from '../../src/machine/runtimes.ts';

test('parseSize reads powers of 1024 and refuses what is no size', () => {
  assert.deepEqual(['512', '4K', '1m'].map(parseSize), [512, 4096, 1048576]);
  for (const bad of ['', '-1', '1.5K', '4KB', '1G', '512M']) assert.throws(() => parseSize(bad));
});

test('parseShare reads per cent and shares between 0 and 1', () => {
  assert.deepEqual(['1%', '0.5%', '0.02'].map(parseShare), [0.01, 0.005, 0.02]);
  for (const bad of ['0', '100%', '-1%', 'x', '5']) assert.throws(() => parseShare(bad));
});

test('parseDuration reads units and refuses a number without one', () => {
  assert.deepEqual(['500ms', '90s', '10m', '2h'].map(parseDuration), [500, 90e3, 600e3, 7200e3]);
  for (const bad of ['10', 'm', '-1s', '1d']) assert.throws(() => parseDuration(bad));
});

test('parseCount takes whole numbers from 1', () => {
  assert.equal(parseCount('20'), 20);
  for (const bad of ['0', '-1', '1.5', 'x', '']) assert.throws(() => parseCount(bad));
});

test('parseRuntime reads label, runtime and version or path', () => {
  assert.deepEqual(parseRuntime('deno'), { label: 'deno', runtime: 'deno', at: null });
  assert.deepEqual(parseRuntime('old=deno@2.8.0'), { label: 'old', runtime: 'deno', at: '2.8.0' });
  assert.deepEqual(parseRuntime('mine=bun@/a=b/bun'), {
    label: 'mine',
    runtime: 'bun',
    at: '/a=b/bun',
  });
});

for (
  const bad of ['', 'dno', 'a b=deno', '../x=bun', '<b>=bun', 'deno@', '=deno', 'x='.repeat(9)]
) {
  test(`parseRuntime refuses ${JSON.stringify(bad)} in a sentence`, () => {
    assert.throws(() => parseRuntime(bad), { exitCode: 2 });
  });
}

test('isOlder compares numbers, not text', () => {
  assert.equal(isOlder('1.10.0', '1.9.0'), false);
  assert.equal(isOlder('1.9.0', '1.10.0'), true);
  assert.equal(isOlder('2.0.0-rc.1', '2.0.0'), false);
});

test('nearest finds what was meant, and unknownName says so', () => {
  const known = ['call.noop', 'call.i32_args', 'buffer.touch'];
  assert.equal(nearest('nop', known)[0], 'call.noop');
  assert.equal(nearest('buffer.tuoch', known)[0], 'buffer.touch');
  assert.match(unknownName('task', 'nop', known), /There is no task "nop"\. Nearest: call\.noop/);
});
