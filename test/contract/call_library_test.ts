// Libraries as files: where the loader finds them, what their symbol tables say, and what is said
// of a file that is no library here.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { after, test } from 'node:test';
import { readTools } from '../../src/boot/tools.mjs';
import { root } from '../../src/boot/versions.mjs';
import { readBinary } from '../../src/call/binary.ts';
import { emptySymbol } from '../../src/call/empty.ts';
import { interposedBy } from '../../src/call/interposed.ts';
import { findLibrary, refuseMissing } from '../../src/call/library.ts';

const folder = mkdtempSync(join(root, '.ffi-bench', 'call-'));
after(() => rmSync(folder, { recursive: true, force: true }));

/** Compiles a library for a target with the project's own Zig. */
function compile(target: string, name: string, flags: readonly string[] = []): string {
  const { zig } = readTools();
  if (zig.state === 'missing') throw new Error(zig.reason);
  const source = join(folder, 'source.c');
  const data = 'int number = 7;';
  const visible = target.includes('windows') ? '__declspec(dllexport) ' : '';
  writeFileSync(
    source,
    `${visible}int answer(void) { return 42; } static int own(void) ` +
      `{ return 1; } ${visible}int other_answer(void) { return own(); } ${data}\n`,
  );
  const path = join(folder, name);
  const args = ['cc', '-shared', '-O1', '-target', target, ...flags, '-o', path, source];
  const { status, stderr } = spawnSync(zig.path, args, { encoding: 'utf8' });
  assert.equal(status, 0, stderr);
  return path;
}

const targets = [
  ['x86_64-linux-gnu', 'libx64.so', 'ELF', 'x64', ['-nostdlib']],
  ['aarch64-linux-gnu', 'libarm64.so', 'ELF', 'arm64', ['-nostdlib']],
  ['x86-linux-gnu', 'libia32.so', 'ELF', 'ia32', ['-nostdlib']],
  ['aarch64-macos', 'libarm64.dylib', 'Mach-O', 'arm64', ['-nostdlib']],
  ['x86_64-windows-gnu', 'x64.dll', 'PE', 'x64', ['-nostdlib', '-Wl,-e,answer']],
] as const;

for (const [target, name, format, arch, flags] of targets) {
  test(`readBinary finds the functions of a library for ${target}`, () => {
    const binary = readBinary(readFileSync(compile(target, name, flags)), arch)!;
    assert.equal(binary.format, format);
    assert.deepEqual(binary.archs, [arch]);
    assert.equal(binary.isLibrary, true);
    assert.deepEqual(binary.functions!.filter((one) => one.includes('answer')).sort(), [
      ...['answer', 'other_answer'],
    ]);
    assert.ok(!binary.functions!.includes('own'));
  });
}

test('findLibrary refuses a library for another machine in a sentence', () => {
  const other = process.arch === 'arm64' ? 'x86_64-linux-gnu' : 'aarch64-linux-gnu';
  const path = compile(other, 'libother.so', ['-nostdlib']);
  assert.throws(() => findLibrary(path), /is for another machine: it holds ELF code for/);
});

test('findLibrary refuses a library that is cut off', () => {
  const own = process.arch === 'arm64' ? 'aarch64-linux-gnu' : 'x86_64-linux-gnu';
  const path = compile(own, 'libcut.so', ['-nostdlib']);
  truncateSync(path, 100);
  assert.throws(() => findLibrary(path), /cut off or damaged/);
});

const noLibraries = [
  ['text', 'hello\n', /It is a text/],
  [
    'script',
    'GROUP ( /lib/libreal.so.6 AS_NEEDED ( x ) )',
    /script for the linker that names \/lib/,
  ],
  ['empty', '', /It is empty/],
  ['archive', '!<arch>\n', /static library/],
  ['noise', '\u0001\u0002\u0003\u0004\u0005', /begins with 01 02 03 04/],
] as const;

for (const [name, content, says] of noLibraries) {
  test(`findLibrary says what a file is that is no library: ${name}`, () => {
    const path = join(folder, `${name}.so`);
    writeFileSync(path, content);
    assert.throws(() => findLibrary(path), says);
  });
}

test('findLibrary names the nearest where there is none', () => {
  assert.throws(() => findLibrary('libz'), /Nearest: .*libz\.so/);
  assert.throws(() => findLibrary('./nope.so'), /There is no library .*nope\.so/);
  assert.throws(() => findLibrary(`${folder}/`), /is a folder/);
});

test('refuseMissing names the nearest functions of a library', () => {
  const zlib = findLibrary('libz.so.1');
  refuseMissing(zlib, 'crc32');
  assert.throws(() => refuseMissing(zlib, 'crc23'), /"crc23"\. Nearest: crc32/);
  refuseMissing(findLibrary('libm.so.6'), 'cos');
  refuseMissing(findLibrary('libsqlite3.so.0'), 'sqlite3_open');
});

test("the project's own library has the function that does nothing", () => {
  refuseMissing(findLibrary(readTools().library), emptySymbol);
});

test('interposedBy finds what Node has copies of, and nothing in a library of its own', () => {
  const { node } = readTools().runtimes;
  if (node.state === 'missing') throw new Error(node.reason);
  const names = interposedBy(findLibrary('libz.so.1').path, node.path);
  assert.ok(names.includes('crc32') && names.includes('deflate'), names.join(' '));
  assert.deepEqual(interposedBy(readTools().library, node.path), []);
});

test('a library binds to itself in Node before it binds to Node', () => {
  const { node } = readTools().runtimes;
  if (node.state === 'missing') throw new Error(node.reason);
  const { path } = findLibrary('libz.so.1');
  const module = join(root, 'runtimes', 'node', 'local_binding.ts');
  const script = `import { bindLocally } from ${
    JSON.stringify(module)
  }; bindLocally(process.argv[1]);`;
  const { stderr } = spawnSync(
    node.path,
    ['--disable-warning=ExperimentalWarning', '--input-type=module', '-e', script, path],
    { encoding: 'utf8', env: { ...process.env, LD_DEBUG: 'bindings' }, maxBuffer: 2 ** 28 },
  );
  const bound = stderr.split('\n').filter((line) => /symbol `deflate'/.test(line));
  assert.notEqual(bound.length, 0, 'the loader said nothing of deflate');
  assert.ok(bound.every((line) => /libz\.so\S* \[0\] to \S*libz\.so/.test(line)), bound.join('\n'));
});
