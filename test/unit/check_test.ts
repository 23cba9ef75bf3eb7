// The test command's own logic: counting, judging and scheduling, without running a gate.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { countJunit, countZigSummary, noCounts } from '../../src/check/counts.ts';
import { gates } from '../../src/check/gates.ts';
import { chooseGates } from '../../src/check/main.ts';
import { verdict } from '../../src/check/run_gate.ts';
import { mayStart, runScheduled } from '../../src/check/schedule.ts';
import { summary } from '../../src/check/table.ts';

test('countJunit counts Node and Bun tests in nested suites', () => {
  const xml = `<testsuites><testcase name="a"/>
    <testcase name="b"><failure message="1 !== 2">x &lt; y</failure></testcase>
    <testsuite name="s"><testcase name="c"><skipped type="todo"/></testcase>
      <testsuite name="t"><testcase name="d"/></testsuite></testsuite></testsuites>`;
  assert.deepEqual(countJunit(xml), { passed: 2, failed: 1, skipped: 1 });
});

test('countJunit leaves out the suites that Deno lists as tests, unless they failed', () => {
  const listed = (failure: string) =>
    `<testsuites><testsuite name="f"><testcase name="s">${failure}</testcase></testsuite>
     <testsuite name="g"><testcase name="s &gt; t"/><testcase name="s &gt; t &gt; u"/>
     <testcase name="s &gt; v"/></testsuite></testsuites>`;
  assert.deepEqual(countJunit(listed('')), { passed: 2, failed: 0, skipped: 0 });
  assert.deepEqual(countJunit(listed('<failure/>')), { passed: 2, failed: 1, skipped: 0 });
});

test('countZigSummary reads the build summary', () => {
  const line = (rest: string) => `Build Summary: 3/3 steps succeeded; ${rest}\n`;
  assert.deepEqual(countZigSummary(line('7/7 tests passed')), { ...noCounts, passed: 7 });
  assert.deepEqual(
    countZigSummary(line('1/3 tests passed (1 skipped, 1 failed)')),
    { passed: 1, failed: 1, skipped: 1 },
  );
  assert.deepEqual(countZigSummary('run test cached'), noCounts);
});

test('verdict fails a runner that ran no test, and a program that failed without one', () => {
  assert.deepEqual(verdict({ ...noCounts, passed: 3 }, undefined).failure, undefined);
  assert.match(verdict(noCounts, undefined).failure ?? '', /ran no test/);
  assert.match(verdict({ ...noCounts, skipped: 2 }, undefined).failure ?? '', /ran no test/);
  const crashed = verdict({ ...noCounts, passed: 3 }, 'Its program was ended by SIGSEGV.');
  assert.deepEqual(crashed.counts, { passed: 3, failed: 1, skipped: 0 });
});

test('mayStart keeps two apart that share something, and leaves alone what wants to be', () => {
  assert.equal(mayStart({}, [{}]), true);
  assert.equal(mayStart({}, [{}, {}]), false);
  assert.equal(mayStart({ shares: 'zig' }, [{ shares: 'zig' }]), false);
  assert.equal(mayStart({ alone: true }, [{}]), false);
  assert.equal(mayStart({}, [{ alone: true }]), false);
});

test('runScheduled runs every job once, those that want to be alone last', async () => {
  const done: string[] = [];
  let running = 0;
  let most = 0;
  const jobs = ['a', 'b', 'c', 'd'].map((name) => ({ name, alone: name === 'a' }));
  await runScheduled(jobs, async ({ name }) => {
    most = Math.max(most, ++running);
    await new Promise((wake) => setTimeout(wake, 1));
    running--;
    done.push(name);
  });
  assert.deepEqual(done.toSorted(), ['a', 'b', 'c', 'd']);
  assert.equal(done.at(-1), 'a');
  assert.equal(most, 2);
});

test('chooseGates takes all, the named ones, or says which there are', () => {
  assert.deepEqual(chooseGates([]), gates);
  assert.deepEqual(chooseGates(['--only', 'lint', '--only', 'format']).map((g) => g.name), [
    'format',
    'lint',
  ]);
  assert.deepEqual(chooseGates(['--long']).map((gate) => gate.name), ['long']);
  assert.throws(() => chooseGates(['--only', 'speed']), /no gate "speed"\. Choose from: format/);
});

test('chooseGates takes the set that an option names', () => {
  const release = chooseGates(['--release']).map((gate) => gate.name);
  assert.deepEqual(release, ['zig_cross', 'release', 'generated']);
  assert.throws(() => chooseGates(['--release', '--only', 'lint']), /Choose from: zig_cross/);
});

test('summary says where the time went, and ends with the sum, alone on its line', () => {
  const result = { failure: undefined, log: 'x' };
  const text = summary([
    {
      ...result,
      ...{ gate: 'a', counts: { passed: 2, failed: 0, skipped: 1 } },
      ...{ from_ms: 0, elapsed_ms: 65_000, cpu_ms: 1500 },
    },
    {
      ...result,
      ...{ gate: 'long_name', counts: { passed: 3, failed: 4, skipped: 0 } },
      ...{ from_ms: 65_000, elapsed_ms: 100, cpu_ms: null },
    },
  ], 30_000);
  assert.deepEqual(text.split('\n'), [
    '',
    '  gate       from    took    cpu  passed  failed  skipped',
    '  provision  0:00  30.0 s',
    '  a          0:30  65.0 s  1.5 s       2       0        1',
    '  long_name  1:35   0.1 s      –       3       4        0',
    '  all              95.1 s  1.5 s',
    '',
    '5 passed, 4 failed',
  ]);
});
