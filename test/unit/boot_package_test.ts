// What the installed package finds out before it runs: its cache, its native parts, the runtimes of
// its user, and whether a fetched file is still the same.
import assert from 'node:assert/strict';
import { chmodSync, mkdtempSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { test } from 'node:test';
import { fingerprintOf, isStill } from '../../src/boot/fingerprint.mjs';
import { notOnPath, runtimeOnPath } from '../../src/boot/path_runtimes.mjs';
import { cacheFolder, claimCache, isPackage } from '../../src/boot/places.mjs';
import { choosePart, libcOf, partFile } from '../../src/boot/shipped.mjs';
import { executableName } from '../../src/boot/versions.mjs';

const newFolder = () => mkdtempSync(join(tmpdir(), 'ffi-bench-boot-'));

test('a checkout is no package', () => {
  assert.equal(isPackage, false);
});

test('cacheFolder follows the custom of each system, and FFI_BENCH_CACHE before all', () => {
  const home = join('h', 'me');
  assert.equal(cacheFolder({ FFI_BENCH_CACHE: 'mine' }, 'linux', home), 'mine');
  assert.equal(cacheFolder({}, 'linux', home), join(home, '.cache', 'ffi-bench'));
  assert.equal(cacheFolder({ XDG_CACHE_HOME: 'x' }, 'linux', home), join('x', 'ffi-bench'));
  assert.equal(cacheFolder({}, 'darwin', home), join(home, 'Library', 'Caches', 'ffi-bench'));
  assert.equal(cacheFolder({ LOCALAPPDATA: 'l' }, 'win32', home), join('l', 'ffi-bench', 'Cache'));
});

test('claimCache makes the folder, or says how another one is named', () => {
  const folder = newFolder();
  claimCache(join(folder, 'new', 'cache'));
  const file = join(folder, 'file');
  writeFileSync(file, '');
  assert.throws(() => claimCache(join(file, 'cache')), /cannot be written to .*FFI_BENCH_CACHE/);
});

test('choosePart takes the build for the better processor where there is one', () => {
  const [library, native] = [partFile('library', 'linux'), partFile('native', 'linux')];
  assert.deepEqual([library, native], ['libffibench.so', 'ffibench-native']);
  const own = partFile('library');
  const paths = [`p/${own}`, `p/x86_64_v3/${own}`, `p/${partFile('native')}`, 'ffibench.wasm'];
  assert.equal(choosePart(paths, 'p', 'x86_64_v3', 'library'), `p/x86_64_v3/${own}`);
  assert.equal(choosePart(paths, 'p', null, 'library'), `p/${own}`);
  assert.equal(choosePart(paths, 'p', 'x86_64_v3', 'native'), `p/${partFile('native')}`);
  assert.equal(choosePart(paths, 'p', null, 'module'), 'ffibench.wasm');
  assert.equal(choosePart(paths, 'p', null, 'addon'), undefined);
});

test('libcOf reads the loader that a program names', () => {
  const file = join(newFolder(), 'program');
  writeFileSync(file, `\x7fELF${'\0'.repeat(600)}/lib/ld-musl-x86_64.so.1\0`);
  assert.equal(libcOf(file), 'musl');
  writeFileSync(file, `\x7fELF${'\0'.repeat(600)}/lib64/ld-linux-x86-64.so.2\0`);
  assert.equal(libcOf(file), 'glibc');
});

test('runtimeOnPath takes the first of that name that is no other runtime', () => {
  const [double, own] = [newFolder(), newFolder()];
  const bun = join(own, executableName('bun'));
  const node = join(own, executableName('node'));
  for (const path of [bun, node]) {
    writeFileSync(path, '');
    chmodSync(path, 0o755);
  }
  // As Bun puts itself on PATH for what it starts.
  symlinkSync(bun, join(double, executableName('node')));
  const PATH = [double, own].join(process.platform === 'win32' ? ';' : ':');
  assert.equal(runtimeOnPath('node', { PATH }), node);
  assert.equal(runtimeOnPath('deno', { PATH }), undefined);
  assert.match(notOnPath('deno'), /^deno is not on PATH; --runtime deno@\d+\.\d+\.\d+ fetches it$/);
});

test('isStill believes the file system, then the content, and a record without either', () => {
  const file = join(newFolder(), 'runtime');
  writeFileSync(file, 'one');
  const known = fingerprintOf(file);
  assert.ok(isStill(file, known));
  utimesSync(file, 1, 1);
  assert.ok(isStill(file, known), 'touched, with the same content');
  writeFileSync(file, 'two');
  assert.ok(!isStill(file, known), 'replaced');
  assert.ok(isStill(file, {}), 'installed before fingerprints were kept');
});
