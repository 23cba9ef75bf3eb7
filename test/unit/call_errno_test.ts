// Reading errno after a call that failed, and only then.
import assert from 'node:assert/strict';
import { constants } from 'node:os';
import { test } from 'node:test';
import { errnoReader, noErrno, sayErrno } from '../../src/call/errno.ts';

const badFile = constants.errno.EBADF;

test('a signed integer fails where it is negative, and errno is read then alone', () => {
  let reads = 0;
  const taken = errnoReader('i32', () => {
    reads++;
    return badFile;
  });
  assert.equal(taken(3), 3);
  assert.equal(taken.last(), noErrno);
  assert.equal(reads, 0);
  assert.equal(taken(-1), -1);
  assert.equal(taken.last(), badFile);
  assert.equal(taken(3), 3);
  assert.equal(taken.last(), noErrno, 'an errno is told once');
  assert.equal(errnoReader('i64', () => badFile)(-1n), -1n);
});

test('an address fails where it is null, in whatever way a runtime says so', () => {
  for (const address of [null, 0, 0n]) {
    const taken = errnoReader('pointer', () => badFile);
    assert.equal(taken(address), address);
    assert.equal(taken.last(), badFile, String(address));
  }
  const taken = errnoReader('cstring', () => badFile);
  assert.equal(taken(4096), 4096);
  assert.equal(taken.last(), noErrno);
});

test('a result that tells nothing has errno read after each call', () => {
  const taken = errnoReader('f64', () => badFile);
  assert.equal(taken(0.5), 0.5);
  assert.equal(taken.last(), badFile);
});

test('sayErrno names a number that the system has, and shows one that it has not', () => {
  assert.equal(sayErrno(badFile), `errno ${badFile} (EBADF)`);
  assert.equal(sayErrno(123456), 'errno 123456');
  assert.equal(sayErrno(noErrno), 'no errno');
});
