// Why a call ended its process: causes by signal, exit code and what the library wrote last.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { causeOf, type Ending, lastWord } from '../../src/call/causes.ts';

function cause(ending: Partial<Ending>): string | null {
  const whole = { outcome: 'crashed', reason: null, signal: null, exitCode: null, stderrTail: '' };
  return causeOf({ ...whole, ...ending }, null);
}

/** How a process ended, with a word of the cause. */
const endings = [
  [{ signal: 'SIGFPE' }, /divided a whole number by zero/],
  [{ signal: 'SIGABRT', stderrTail: "f.c:3: f: Assertion `x > 0' failed.\n" }, /Assertion `x > 0'/],
  [{ signal: 'SIGABRT', stderrTail: 'free(): invalid pointer\n' }, /heap was damaged/],
  [{ signal: 'SIGSEGV' }, /address that is not its own/],
  [{ signal: 'SIGPIPE' }, /nothing reads/],
  [{ exitCode: 3 }, /ended the process with exit code 3/],
  [{ exitCode: 139 }, /crashed \(exit code 139\)/],
  [{ outcome: 'protocol_error', exitCode: 0 }, /ended the process with exit code 0/],
  [{ outcome: 'timed_out' }, /waits for something/],
  [
    { outcome: 'failed', stderrTail: 'x.so: undefined symbol: SSL_new' },
    /needs SSL_new, which no library/,
  ],
] as const;

for (const [ending, says] of endings) {
  test(`causeOf tells ${JSON.stringify(ending)} from other endings`, () => {
    assert.match(cause(ending)!, says);
  });
}

test('causeOf says nothing of a lane that only lacks something', () => {
  assert.equal(cause({ outcome: 'unsupported' }), null);
});

test("lastWord finds the library's line among those of the runtime", () => {
  const tail =
    'widget: no display\n\n====\nBun v1.4.5 Linux x64\npanic: Aborted\n  https://bun.report/x';
  assert.equal(lastWord(tail), 'widget: no display');
  assert.equal(lastWord('    at main (file.ts:3)\n'), null);
});
