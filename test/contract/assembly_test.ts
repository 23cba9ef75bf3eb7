// What the optimizer made of the range kernels, read in the assembly that the compiler writes:
// range_loop must take every step, and range_fold none.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { readTools } from '../../src/boot/tools.mjs';
import { root } from '../../src/boot/versions.mjs';

const kernels = ['range_loop', 'range_fold'] as const;

/** What a build gives the kernels where nothing is planted. */
const options = [
  'pub const plant_kernels: []const []const u8 = &.{};',
  'pub const plant_ns: f64 = 0;',
  'pub const plant_percent: f64 = 0;',
  'pub const plant_ghz: f64 = 2;',
].join('\n');

/** The assembly of the range kernels, optimized as the library is, for this machine. */
function assemble(): string {
  const { zig } = readTools();
  assert.ok(zig.state === 'ready', 'this test needs Zig');
  const folder = mkdtempSync(join(tmpdir(), 'ffi-bench-assembly-'));
  const file = (name: string) => join(folder, name);
  try {
    writeFileSync(file('options.zig'), options);
    writeFileSync(
      file('root.zig'),
      'const range = @import("range");\ncomptime {\n' +
        kernels.map((name) => `    @export(&range.${name}, .{ .name = "${name}" });\n`).join('') +
        '}\n',
    );
    const { status, stderr } = spawnSync(zig.path, [
      ...['build-obj', '-OReleaseFast', '-mcpu=native', '-fllvm', '-fno-emit-bin'],
      `-femit-asm=${file('kernels.s')}`,
      ...['--dep', 'range', `-Mroot=${file('root.zig')}`],
      ...['--dep', 'build_options', `-Mrange=${join(root, 'zig', 'kernels', 'range.zig')}`],
      `-Mbuild_options=${file('options.zig')}`,
      ...['--cache-dir', file('cache')],
    ], { encoding: 'utf8', cwd: folder });
    assert.equal(status, 0, stderr);
    return readFileSync(file('kernels.s'), 'utf8');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The lines of one function: from its label to the next that is not local. */
function bodyOf(assembly: string, name: string): string[] {
  const lines = assembly.split('\n');
  // The exported name is an alias of the one in its module.
  const start = lines.findIndex((line) => /^_?range\.(.*):$/.exec(line)?.[1] === name);
  assert.ok(start >= 0, `there is no ${name} in the assembly`);
  const rest = lines.slice(start + 1);
  const end = rest.findIndex((line) => /^[A-Za-z_][\w$.]*:/.test(line));
  return end < 0 ? rest : rest.slice(0, end);
}

/** Jumps to a label that stands before them: loops. */
function loopsIn(body: readonly string[]): string[] {
  return body.filter((line, place) => {
    const label = /^\s+(?:j\w+|b(?:\.\w+)?|cbn?z|tbn?z)\s.*?(\.?L\w+)\s*$/.exec(line)?.[1];
    return label !== undefined && body.slice(0, place).some((one) => one.startsWith(`${label}:`));
  });
}

test('range_loop loops and range_fold is folded, in the assembly', () => {
  const assembly = assemble();
  const loop = bodyOf(assembly, 'range_loop');
  const fold = bodyOf(assembly, 'range_fold');
  assert.ok(loopsIn(loop).length > 0, `no loop:\n${loop.join('\n')}`);
  assert.deepEqual(loopsIn(fold), [], `it loops:\n${fold.join('\n')}`);
  assert.ok(fold.some((line) => /mul/.test(line)), `no formula either:\n${fold.join('\n')}`);
});

test('a loop is a jump back, and a jump on is none', () => {
  assert.deepEqual(loopsIn(['.LBB0_1:', '\taddq %rax, %rcx', '\tjne\t.LBB0_1']), [
    '\tjne\t.LBB0_1',
  ]);
  assert.deepEqual(loopsIn(['\tje\t.LBB0_2', '\taddq %rax, %rcx', '.LBB0_2:']), []);
});
