// The pure parts of the boot file.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { test } from 'node:test';
import { exitCodeOfSignal, tailOf } from '../../src/boot/child.mjs';
import { makeFolder } from '../../src/boot/folders.mjs';
import { installCommand, packageManager, runtimeOf } from '../../src/boot/host.mjs';
import { libraryPath, sourceHash } from '../../src/boot/library.mjs';
import { dependencyHash, holdsAllPackages } from '../../src/boot/packages.mjs';
import { ProvisionError } from '../../src/boot/provision_error.mjs';
import { nearestVersions, provisionRuntime } from '../../src/boot/runtimes.mjs';
import { denoPermissions, entryOf, outputFolders } from '../../src/boot/start.mjs';
import { startTool, toolCommand } from '../../src/boot/start.mjs';
import type { Tools } from '../../src/boot/tools.mjs';
import { platform, runtimeNames, versions } from '../../src/boot/versions.mjs';

const node20 = { name: 'node', version: '20.0.0', path: '/n/node' } as const;
const deno = { name: 'deno', version: '2.9.6', path: '/d/deno' } as const;
const bun = { name: 'bun', version: '1.4.5', path: '/b/bun' } as const;

async function inFolder(work: (folder: string) => void | Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'ffi-bench-boot-'));
  try {
    await work(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

test('versions names exact versions and packages for every platform', () => {
  const platforms = runtimeNames.map((name) => Object.keys(versions.runtimes[name].packages));
  assert.deepEqual(platforms[1], platforms[0]);
  assert.deepEqual(platforms[2], platforms[0]);
  for (const name of runtimeNames) {
    assert.match(versions.runtimes[name].version, /^\d+\.\d+\.\d+$/);
    const packages = Object.values(versions.runtimes[name].packages);
    assert.ok(packages.every((names) => names.length > 0));
  }
});

test('runtimeOf tells Deno and Bun from Node, whose version they also state', () => {
  assert.deepEqual(runtimeOf({ node: '26.3.0', deno: '2.9.6' }), {
    name: 'deno',
    version: '2.9.6',
  });
  assert.deepEqual(runtimeOf({ node: '26.3.0', bun: '1.4.5' }), { name: 'bun', version: '1.4.5' });
  assert.deepEqual(runtimeOf({ node: '20.1.0' }), { name: 'node', version: '20.1.0' });
});

test('packageManager starts the npm that was called, by the Node that runs', () => {
  const called = packageManager(node20, ['ci'], { npm_execpath: '/n/npm-cli.js' });
  assert.deepEqual(called, { command: '/n/node', args: ['/n/npm-cli.js', 'ci'] });
  const other = packageManager(node20, ['ci'], { npm_execpath: '/n/yarn.js' });
  assert.equal(other.command, 'npm');
});

test('installCommand lets no package run a script', () => {
  assert.deepEqual(installCommand(deno, { locked: true }).args, ['install', '--quiet']);
  for (const locked of [true, false]) {
    assert.ok(installCommand(bun, { locked }).args.includes('--ignore-scripts'));
    assert.ok(installCommand(node20, { locked }).args.includes('--ignore-scripts'));
  }
  assert.ok(installCommand(node20, { locked: true }).args.includes('ci'));
});

test('dependencyHash changes with dependencies and lock file only', () => {
  const plain = JSON.stringify({ name: 'a', dependencies: { b: '1.0.0' } });
  const renamed = JSON.stringify({ name: 'c', scripts: {}, dependencies: { b: '1.0.0' } });
  const raised = JSON.stringify({ name: 'a', dependencies: { b: '1.0.1' } });
  assert.equal(dependencyHash(plain, 'lock'), dependencyHash(renamed, 'lock'));
  assert.notEqual(dependencyHash(plain, 'lock'), dependencyHash(raised, 'lock'));
  assert.notEqual(dependencyHash(plain, 'lock'), dependencyHash(plain, 'other lock'));
});

test('holdsAllPackages forgives an absent optional package, nothing else', () => {
  const lock = JSON.stringify({
    packages: {
      '': {},
      'node_modules/a': { version: '1.0.0' },
      'node_modules/b': { version: '2.0.0', optional: true },
    },
  });
  const holding = (packages: Record<string, { version: string }>) =>
    holdsAllPackages(lock, JSON.stringify({ packages }));
  assert.equal(holding({ 'node_modules/a': { version: '1.0.0' } }), true);
  assert.equal(holding({ 'node_modules/a': { version: '1.0.1' } }), false);
  assert.equal(holding({ 'node_modules/b': { version: '2.0.0' } }), false);
});

test('nearestVersions takes the neighbours in version order', () => {
  const existing = ['2.10.0', '2.9.0', '2.9.10', '2.9.9', '1.0.0', '3.0.0-rc.1', '3.0.0'];
  assert.deepEqual(nearestVersions(existing, '2.9.11', 3), ['2.10.0', '2.9.10', '2.9.9']);
  assert.deepEqual(nearestVersions(existing, '9.0.0', 2), ['3.0.0', '2.10.0']);
  assert.deepEqual(nearestVersions(existing, '0.1.0', 2), ['2.9.0', '1.0.0']);
  assert.deepEqual(nearestVersions([], '1.0.0'), []);
});

test('provisionRuntime refuses what is not a version before it asks anyone', async () => {
  for (const odd of ['latest', '../2.0.0', '2.8', '--force']) {
    await assert.rejects(provisionRuntime('deno', odd), /is not a version of deno: write it like/);
  }
});

test('entryOf tells the test command from the command line of the tool', () => {
  assert.deepEqual(entryOf(['test', '--only', 'lint']), {
    script: 'src/check/main.ts',
    argv: ['--only', 'lint'],
    zig: true,
    isModule: false,
  });
  const { script, argv } = entryOf(['bench', '--quick']);
  assert.deepEqual({ script, argv }, { script: 'src/cli/main.ts', argv: ['bench', '--quick'] });
});

test('entryOf takes a benchmark by its path in bench/, and nothing outside of it', () => {
  const entry = { script: 'bench/forms/child.ts', argv: ['a'], zig: false, isModule: true };
  assert.deepEqual(entryOf(['bench/forms/child.ts', 'a']), entry);
  for (const odd of ['bench/../src/cli/main.ts', 'bench', 'bench/x.mjs', '/bench/x.ts']) {
    assert.equal(entryOf([odd]).script, 'src/cli/main.ts');
  }
});

test('startTool says which benchmark is not there', async () => {
  const entry = entryOf(['bench/no_such.ts']);
  assert.equal(
    await startTool(
      node20,
      toolsWith({ state: 'missing', version: '1.0.0', reason: 'None.' }),
      entry,
    ),
    2,
  );
});

test('outputFolders finds the files that the tool is asked to write', () => {
  const argv = ['run', '--out', 'a/b.json', '--html=/c/d.html', '--seed', '1', '--out'];
  assert.deepEqual(outputFolders(argv, '/home'), [resolve('/home/a'), resolve('/c')]);
});

test('denoPermissions are named one by one', () => {
  const permissions = denoPermissions(['--out', '/far/x.json'], '/home');
  assert.ok(permissions.includes('--allow-run'));
  assert.ok(!permissions.some((flag) => flag === '-A' || flag.startsWith('--allow-all')));
  assert.ok(!permissions.some((flag) => flag.startsWith('--allow-net')));
  assert.match(permissions.find((flag) => flag.startsWith('--allow-write=')) ?? '', /,\/far$/);
  assert.match(permissions.find((flag) => flag.startsWith('--allow-env=')) ?? '', /PATH/);
});

function toolsWith(node: Tools['runtimes']['node']): Tools {
  const missing = { state: 'missing', version: '1.0.0', reason: 'None.' } as const;
  const runtimes = { deno: missing, bun: missing, node };
  return { root: '/r', platform, runtimes, zig: missing, library: '/r/lib.so' };
}

test('toolCommand runs the tool by the pinned Node, or says what else would', () => {
  const ready = toolsWith({ state: 'ready', version: '26.10.0', path: '/p/node' });
  const { command, args } = toolCommand(node20, ready, '/r/main.ts', ['list']);
  assert.equal(command, '/p/node');
  assert.deepEqual(args.slice(-2), ['/r/main.ts', 'list']);
  const without = toolsWith({ state: 'missing', version: '26.10.0', reason: 'No package.' });
  assert.throws(() => toolCommand(node20, without, '/r/main.ts', []), /No package\.[^]*deno task/);
});

test('sourceHash covers build.zig and everything below zig/, in one order', () =>
  inFolder((folder) => {
    makeFolder(join(folder, 'zig', 'sub'));
    writeFileSync(join(folder, 'build.zig'), 'B');
    writeFileSync(join(folder, 'zig', 'sub', 'a.zig'), 'A');
    writeFileSync(join(folder, 'zig', 'z.zig'), 'Z');
    // printf 'build.zig\0B\0zig/sub/a.zig\0A\0zig/z.zig\0Z\0' | sha256sum
    const expected = 'b85843b3dba440bac30be99730ce73a5820166b14974487f60297733936d150b';
    assert.equal(sourceHash(folder), expected);
    writeFileSync(join(folder, 'zig', 'z.zig'), 'Y');
    assert.notEqual(sourceHash(folder), expected);
  }));

test('libraryPath follows the platform', () => {
  assert.equal(libraryPath('c', 'linux'), join('c', 'zig-out', 'lib', 'libffibench.so'));
  assert.equal(libraryPath('c', 'darwin'), join('c', 'zig-out', 'lib', 'libffibench.dylib'));
  assert.equal(libraryPath('c', 'win32'), join('c', 'zig-out', 'bin', 'ffibench.dll'));
});

test('exitCodeOfSignal and tailOf report what ended a program', () => {
  assert.equal(exitCodeOfSignal('SIGINT'), 130);
  const outcome = { code: 3, signal: null, stdout: '', stderr: 'a\nb\nc\n' };
  assert.equal(tailOf(outcome, 2), '  b\n  c');
  assert.match(tailOf({ ...outcome, stderr: '' }), /exit code 3/);
  assert.equal(new ProvisionError('x').name, 'ProvisionError');
});
