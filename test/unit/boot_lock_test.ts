// Locks, on which two starts at once and two runs at once depend: whose they are, and when they are
// taken over.
import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { after, test } from 'node:test';
import { holderOf, takeLock, withLock } from '../../src/boot/lock.mjs';
import { isSameProcess, startOf } from '../../src/boot/process_identity.mjs';

const folder = mkdtempSync(join(tmpdir(), 'ffi-bench-locks-'));
after(() => rmSync(folder, { recursive: true, force: true }));

const own = {
  pid: process.pid,
  start: startOf(process.pid)!,
  host: hostname(),
  since: '2026-01-02T03:04:05Z',
  document: 'a.json',
};
const ended = { ...own, pid: 2 ** 30 };

test('a lock names its holder, keeps others out and leaves nothing behind', () => {
  const path = join(folder, 'own.lock');
  const taken = takeLock(path, 'a.json');
  assert.ok('lock' in taken);
  const again = takeLock(path, 'b.json');
  assert.ok('holder' in again);
  assert.deepEqual([again.holder.pid, again.holder.document], [process.pid, 'a.json']);
  taken.lock.release();
  assert.equal(holderOf(path), null);
  assert.deepEqual(readdirSync(folder), []);
});

test('locks of ended processes, of other starts and nonsense are taken over', () => {
  const path = join(folder, 'stale.lock');
  const left = [
    JSON.stringify(ended),
    JSON.stringify({ ...own, start: { proc: 'another 1', ps: 'another' } }),
    JSON.stringify({ ...own, pid: -1 }),
    '2147483646',
    'null',
    '{"pid":',
    '',
  ];
  for (const text of left) {
    writeFileSync(path, text);
    const taken = takeLock(path, 'a.json');
    assert.ok('lock' in taken, text);
    taken.lock.release();
  }
});

test('the lock of another host is never taken away, since only that host knows of its end', () => {
  const path = join(folder, 'foreign.lock');
  const text = JSON.stringify({ ...ended, host: 'elsewhere' });
  writeFileSync(path, text);
  const taken = takeLock(path, 'b.json');
  assert.ok('holder' in taken);
  assert.equal(taken.holder.host, 'elsewhere');
  assert.equal(readFileSync(path, 'utf8'), text);
  rmSync(path);
});

test('a lock whose file was put in the place of an ended one is held', () => {
  const path = join(folder, 'replaced.lock');
  writeFileSync(path, JSON.stringify(ended));
  const first = takeLock(path, 'a.json');
  assert.ok('lock' in first);
  // As by one that has read the ended holder, and removes what it finds now.
  rmSync(path);
  assert.ok('holder' in takeLock(path, 'b.json'), 'the first one still announces itself');
  first.lock.release();
});

test('what an ended process announced is removed, and does not keep others out', () => {
  const path = join(folder, 'claims.lock');
  const first = takeLock(path, 'a.json');
  assert.ok('lock' in first);
  const claim = readdirSync(folder).find((name) => name.startsWith('.ffi-bench-'))!;
  first.lock.release();
  const left = join(folder, claim.replace(`.${process.pid}.`, `.${2 ** 30}.`));
  writeFileSync(left, '{"pid":');
  const second = takeLock(path, 'b.json');
  assert.ok('lock' in second);
  second.lock.release();
  assert.deepEqual(readdirSync(folder), []);
});

test('withLock lets one in at a time and frees the lock after an error', async () => {
  const lock = join(folder, 'wait.lock');
  const seen: string[] = [];
  const work = async (name: string) => {
    seen.push(`${name} in`);
    await new Promise((wake) => setTimeout(wake, 20));
    seen.push(`${name} out`);
    throw new Error(name);
  };
  await Promise.allSettled([withLock(lock, () => work('a')), withLock(lock, () => work('b'))]);
  assert.deepEqual(seen, ['a in', 'a out', 'b in', 'b out']);
});

test('many locks need one listener for the end of the process', () => {
  const before = process.listenerCount('exit');
  const taken = Array.from({ length: 20 }, (_, i) => takeLock(join(folder, `many-${i}.lock`), 'x'));
  assert.ok(process.listenerCount('exit') - before <= 1);
  for (const one of taken) {
    assert.ok('lock' in one);
    one.lock.release();
  }
  assert.deepEqual(readdirSync(folder).filter((name) => name.startsWith('many-')), []);
});

test('a process is known by its start, not by its id', () => {
  const start = startOf(process.pid)!;
  assert.ok(start.proc !== null || start.ps !== null);
  assert.ok(isSameProcess(process.pid, start));
  assert.ok(!isSameProcess(process.pid, { proc: 'x', ps: 'y' }));
  assert.ok(isSameProcess(process.pid, { proc: null, ps: null }));
  assert.equal(startOf(2 ** 30), null);
});

test('times of ps that differ by a second or two are the same start', () => {
  const start = startOf(process.pid)!;
  if (start.ps === null) return assert.equal(process.platform, 'win32', 'only Windows has no ps');
  const at = (seconds: number) => {
    const [, ...rest] = new Date(Date.parse(`${start.ps} UTC`) + seconds * 1000)
      .toUTCString().split(' ');
    return { proc: null, ps: `Thu ${rest[1]} ${rest[0]} ${rest[3]} ${rest[2]}` };
  };
  assert.ok(isSameProcess(process.pid, at(1)));
  assert.ok(!isSameProcess(process.pid, at(60)));
});
