/** What becomes of workers that babble, lie, fall silent, hang or leave children behind. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { test } from 'node:test';
import { root } from '../../src/boot/versions.mjs';
import { launchWorker } from '../../src/launching/launch.ts';
import {
  ampleMs,
  eventually,
  isAlive,
  launchFake,
  order,
  scratchFolder,
} from '../faults/launching.ts';

const folder = scratchFolder();

/** Each behaviour that ends by itself or by the tool's hand, with what must be said of it. */
const expected: readonly (readonly [string, string, RegExp | null])[] = [
  ['healthy', 'done', null],
  ['noise_and_health', 'done', null],
  ['nothing', 'protocol_error', /^It ended before its first word, without "done"\.$/],
  ['garbage', 'protocol_error', /before its first word/],
  ['half_line', 'protocol_error', /^It ended after "verified", without "done"\.$/],
  ['not_json', 'protocol_error', /a line is not JSON/],
  ['babble', 'protocol_error', /^It wrote over 32 MB to stdout\.$/],
  ['endless_line', 'protocol_error', /a line does not end/],
  ['stderr_babble', 'crashed', /^It ended with exit code 3 after "verified"\.$/],
  ['invalid_utf8', 'protocol_error', /after "verified", without "done"/],
  ['invalid_utf8_inside', 'failed', /^\ufffd$/],
  ['nul_bytes', 'protocol_error', /after "verified", without "done"/],
  ['wrong_version', 'protocol_error', /it speaks version 99, the tool speaks 2/],
  ['other_case', 'protocol_error', /it measures "call\.other", it was told "call\.noop"/],
  ['other_lane', 'protocol_error', /worker of "node\.plain", it was told "bun\.plain"/],
  ['out_of_order', 'protocol_error', /"measured" came after "hello"/],
  ['after_the_end', 'protocol_error', /"failed" came after "failed"/],
  ['unknown_message', 'protocol_error', /there is no message "constructor"/],
  ['numbers_for_texts', 'protocol_error', /"failed" has no usable "reason": 42/],
  ['endless_time', 'protocol_error', /no usable "batches_ns"/],
  ['negative_time', 'protocol_error', /no usable "batches_ns"/],
  ['no_batches', 'protocol_error', /no usable "batches_ns"/],
  ['too_few_begins', 'protocol_error', /tells when 1 batches began, and times 40/],
  ['odd_probes', 'protocol_error', /1 probes for 40 batches/],
  ['texts_for_numbers', 'protocol_error', /no usable "involuntary_switches"/],
  ['half_a_switch', 'protocol_error', /no usable "involuntary_switches"/],
  ['exits_well_in_the_middle', 'protocol_error', /without "done"/],
  ['exits_badly', 'crashed', /exit code 9 after "verified"/],
  ['kills_itself', 'crashed', /^It died of SIGKILL before its first word\.$/],
];

for (const [behaviour, outcome, reason] of expected) {
  test(`a worker with the behaviour "${behaviour}" is ${outcome}`, async () => {
    const result = await launchFake(behaviour);
    assert.equal(result.outcome, outcome, result.reason ?? '');
    if (reason === null) assert.equal(result.reason, null);
    else assert.match(result.reason!, reason);
    assert.equal(result.measured === null, outcome !== 'done');
    assert.ok(result.stderrTail.length <= 4000);
  });
}

/** Behaviours that never end: none of them may be waited for. */
const endless = ['hangs', 'hangs_after_done', 'ignores_signals', 'closes_stdout'];

test('workers that hang, even once done or with stdout closed, time out', async () => {
  const results = await Promise.all(endless.map((one) => launchFake(one, { timeoutMs: 1500 })));
  assert.deepEqual(results.map(({ outcome }) => outcome), endless.map(() => 'timed_out'));
  for (const { reason, signal, measured } of results) {
    assert.equal(reason, 'It did not end within 1.5 s and was killed.');
    assert.deepEqual([signal, measured], [null, null]);
  }
});

test('a grandchild that holds the pipes ends with its worker, which is done', async () => {
  const given = join(folder, 'grandchild');
  const result = await launchFake('grandchild', {}, { given });
  assert.equal(result.outcome, 'done', result.reason ?? '');
  assert.ok(await eventually(() => !isAlive(Number(readFileSync(given, 'utf8')))));
});

test('a grandchild ends with a worker that hangs', async () => {
  const given = join(folder, 'grandchild_of_hanging');
  // A worker that hardly gets a core is killed before it has a grandchild, and gets more time.
  for (const timeoutMs of [1500, 6000, 24_000]) {
    const result = await launchFake('grandchild_and_hang', { timeoutMs }, { given });
    assert.equal(result.outcome, 'timed_out');
    if (existsSync(given)) break;
  }
  assert.ok(await eventually(() => !isAlive(Number(readFileSync(given, 'utf8')))));
});

test('a grandchild that left the group and holds the pipes holds up no launch', async () => {
  const given = join(folder, 'grandchild_that_left');
  const result = await launchFake('grandchild_that_left', {}, { given });
  assert.equal(result.outcome, 'done', result.reason ?? '');
  process.kill(Number(readFileSync(given, 'utf8')), 'SIGKILL');
});

test('an aborted launch settles as interrupted, also where it was aborted before', async () => {
  const abort = new AbortController();
  const launched = launchFake('ignores_signals', {}, { abort: abort.signal });
  abort.abort();
  for (const one of [launched, launchFake('hangs', {}, { abort: abort.signal })]) {
    const { outcome, reason } = await one;
    assert.deepEqual([outcome, reason], ['failed', 'The run was interrupted.']);
  }
});

test('what cannot be started at all is a failed launch that says so', async () => {
  const notExecutable = join(folder, 'not_executable');
  writeFileSync(notExecutable, 'neither a program nor a script');
  const cases = [join(folder, 'absent'), notExecutable, folder, 'a\0b'];
  for (const path of cases) {
    const command = { path, args: [], env: {}, cwd: folder };
    const { outcome, reason } = await launchWorker(command, order, { timeoutMs: ampleMs });
    assert.equal(outcome, 'failed', `${path}: ${reason}`);
    assert.match(reason!, /^It could not be started: /);
  }
  const { outcome } = await launchWorker(
    { path: process.execPath, args: [], env: {}, cwd: join(folder, 'absent') },
    order,
    { timeoutMs: ampleMs },
  );
  assert.equal(outcome, 'failed');
});

/** For the super-user the number of processes has no limit. */
const asUser = process.getuid?.() === 0 ? ['setpriv', '--reuid=65534', '--clear-groups', '--'] : [];

/** What is short, how a process is brought to that, and what must be said of it. */
const shortages = [
  ['files', ['prlimit', '--nofile=64:64', '--'], /EMFILE/],
  ['processes', asUser, /EAGAIN/],
  ['arguments', [], /E2BIG/],
] as const;

for (const [what, prefix, said] of process.platform === 'linux' ? shortages : []) {
  test(`a worker that cannot be started for want of ${what} costs its launch`, () => {
    const script = join(root, 'test', 'faults', 'starved.ts');
    const node = [process.execPath, '--disable-warning=ExperimentalWarning', script, what];
    const [program, ...args] = [...prefix, ...node];
    const { status, stdout, stderr } = spawnSync(program!, args, { encoding: 'utf8' });
    assert.equal(status, 0, stderr);
    const { outcome, reason } = JSON.parse(stdout);
    assert.equal(outcome, 'failed', reason);
    assert.match(reason, /^It could not be started: /);
    assert.match(reason, said);
  });
}
