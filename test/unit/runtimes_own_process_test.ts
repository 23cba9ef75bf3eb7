// The process as workers see it, in whichever runtime runs this.
import assert from 'node:assert/strict';
import process from 'node:process';
import { test } from 'node:test';
import { ownProcess, writtenNow } from '../../runtimes/host/own_process.ts';

test('a runtime without resourceUsage counts no forced switches, and does not fail', () => {
  const { resourceUsage } = process;
  try {
    Object.assign(process, { resourceUsage: undefined });
    assert.equal(ownProcess.involuntarySwitches(), null);
  } finally {
    process.resourceUsage = resourceUsage;
  }
});

test('a full pipe takes no bytes for now, and any other failure is told', () => {
  const failing = (code: string) => () => {
    throw Object.assign(new Error(code), { code });
  };
  assert.equal(writtenNow(() => 7), 7);
  assert.equal(writtenNow(failing('EAGAIN')), 0);
  assert.throws(() => writtenNow(failing('EPIPE')), /EPIPE/);
});

test('involuntarySwitches is a count or null', () => {
  const count = ownProcess.involuntarySwitches();
  assert.ok(count === null || (Number.isInteger(count) && count >= 0), `${count}`);
});
