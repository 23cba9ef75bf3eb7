// linux-arm64 on a machine of another processor, by qemu: a copy of the checkout whose runtimes,
// library, addon, WebAssembly module and floor are those of arm64, each started by a small script.
import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  cpSync,
  existsSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { runQuietly, tailOf } from '../boot/child.mjs';
import { makeFolder } from '../boot/folders.mjs';
import { currentHost, packageManager } from '../boot/host.mjs';
import { withLock } from '../boot/lock.mjs';
import { readTools } from '../boot/tools.mjs';
import { root, runtimeNames, toolFolder, versions } from '../boot/versions.mjs';
import { zigEnvironment } from '../boot/zig.mjs';
import { installDebian } from './debian.ts';

const emulator = '/usr/bin/qemu-aarch64-static';
/** Where the libraries of arm64 lie that programs are linked with. */
const prefix = '/usr/aarch64-linux-gnu';
/** By the file that shows it is there, the package that Debian has it in. */
const packages = {
  [emulator]: 'qemu-user-static',
  [join(prefix, 'lib', 'libc.so.6')]: 'libc6-arm64-cross',
  [join(prefix, 'lib', 'libstdc++.so.6')]: 'libstdc++6-arm64-cross',
  [join(prefix, 'lib', 'libatomic.so.1')]: 'libatomic1-arm64-cross',
};

const folder = join(root, '.ffi-bench', 'arm64');
/** The copy of the checkout, in which the tests of arm64 run. */
export const arm64Checkout = join(folder, 'checkout');

/** Variable by which a test learns of the Node that runs under the emulator. */
export const arm64NodeVariable = 'FFI_BENCH_ARM64_NODE';

/** The target of the compiler and its ways to run what it built. */
export const arm64Zig = [
  '-Dtarget=aarch64-linux-gnu',
  '-fqemu',
  '--libc-runtimes',
  dirname(prefix),
];

/** Provides the emulator under the name by which Zig looks for it. */
export async function provideEmulator(): Promise<Record<string, string>> {
  const missing = () => Object.entries(packages).filter(([file]) => !existsSync(file));
  if (missing().length > 0) {
    const said = await installDebian(missing().map(([, name]) => name));
    const names = missing().map(([, name]) => name).join(', ');
    if (names !== '') throw new Error(`The tests of arm64 need the packages ${names}${said}`);
  }
  const bin = join(folder, 'bin');
  makeFolder(bin);
  const link = join(bin, 'qemu-aarch64');
  if (!existsSync(link)) symlinkSync(emulator, link);
  return { PATH: `${bin}:${process.env.PATH ?? ''}`, QEMU_LD_PREFIX: prefix };
}

/**
 * Provides the copy of the checkout for a tool that runs as `platform`, which is this machine's
 * where the tests start emulated workers, and arm64 where the tool itself is emulated.
 */
export async function provideArm64(
  platform: 'linux-x64' | 'linux-arm64',
): Promise<Record<string, string>> {
  const environment = await provideEmulator();
  const modules = await installRuntimes();
  await build();
  copySources(modules);
  const starters = makeStarters(modules);
  recordTools(platform, starters);
  // The bundler that an emulated tool starts is this machine's own.
  const bundler = join(root, 'node_modules', '@esbuild', `linux-${process.arch}`, 'bin', 'esbuild');
  return {
    ...environment,
    [arm64NodeVariable]: starters.node,
    ESBUILD_BINARY_PATH: bundler,
    // By this the tests know what an emulator cannot do.
    FFI_BENCH_EMULATED: '1',
  };
}

/** The npm packages of the runtimes and of koffi for arm64; their folder. */
async function installRuntimes(): Promise<string> {
  const wanted = {
    ...Object.fromEntries(runtimeNames.map((name) => [packageOf(name), versionOf(name)])),
    koffi: JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).devDependencies.koffi,
  };
  const text = JSON.stringify({ private: true, dependencies: wanted });
  const home = join(toolFolder, 'arm64');
  const manifest = join(home, 'package.json');
  await withLock(`${home}.lock`, async () => {
    if (existsSync(manifest) && readFileSync(manifest, 'utf8') === text) return;
    const staging = `${home}.staging`;
    rmSync(staging, { recursive: true, force: true });
    makeFolder(staging);
    writeFileSync(join(staging, 'package.json'), text);
    const foreign = ['--force', '--os=linux', '--cpu=arm64', '--libc=glibc'];
    const quiet = ['--ignore-scripts', '--no-audit', '--no-fund', '--no-package-lock'];
    const { command, args } = packageManager(npmHost(), ['install', ...foreign, ...quiet]);
    const outcome = await runQuietly(command, args, { cwd: staging });
    if (outcome.code !== 0) {
      throw new Error(
        `The runtimes for arm64 could not be installed. It said:\n${tailOf(outcome)}`,
      );
    }
    rmSync(home, { recursive: true, force: true });
    renameSync(staging, home);
  });
  return join(home, 'node_modules');
}

/** npm alone installs packages for another processor. */
function npmHost(): ReturnType<typeof currentHost> {
  const host = currentHost();
  return host.name === 'node' ? host : { ...host, name: 'node' };
}

const packageOf = (name: (typeof runtimeNames)[number]) =>
  versions.runtimes[name].packages['linux-arm64']![0]!;
const versionOf = (name: (typeof runtimeNames)[number]) => versions.runtimes[name].version;

/** Builds library, addon, module and floor into the copy. */
async function build(): Promise<void> {
  const { zig } = readTools();
  if (zig.state === 'missing') throw new Error(zig.reason);
  const args = ['build', '-Dtarget=aarch64-linux-gnu', '--prefix', join(folder, 'zig-out')];
  const outcome = await runQuietly(zig.path, args, { cwd: root, env: zigEnvironment() });
  if (outcome.code !== 0) {
    throw new Error(`The library could not be built for arm64. It said:\n${tailOf(outcome, 12)}`);
  }
}

/** Copies what git knows of the checkout, and joins both machines' npm packages. */
function copySources(modules: string): void {
  rmSync(arm64Checkout, { recursive: true, force: true });
  const list = execFileSync(
    'git',
    ['ls-files', '-z', '--cached', '--others', '--exclude-standard'],
    {
      cwd: root,
      encoding: 'utf8',
    },
  );
  const files = list.split('\0').filter((path) => path !== '' && existsSync(join(root, path)));
  for (const path of files.filter((path) => !path.startsWith('results/'))) {
    makeFolder(join(arm64Checkout, dirname(path)));
    copyFileSync(join(root, path), join(arm64Checkout, path));
  }
  cpSync(join(folder, 'zig-out'), join(arm64Checkout, 'zig-out'), { recursive: true });
  makeFolder(join(arm64Checkout, '.ffi-bench'));
  const own = join(arm64Checkout, 'node_modules');
  makeFolder(own);
  for (const name of readdirSync(join(root, 'node_modules'))) {
    // Deno may read nothing outside of the copy.
    if (existsSync(join(modules, name))) {
      cpSync(join(modules, name), join(own, name), { recursive: true });
    } else symlinkSync(join(root, 'node_modules', name), join(own, name));
  }
}

type Starters = Record<(typeof runtimeNames)[number], string>;

/** Scripts that start programs of arm64: the kernel of another processor does not. */
function makeStarters(modules: string): Starters {
  const starter = (path: string, program: string) => {
    chmodSync(program, 0o755);
    writeFileSync(path, `#!/bin/sh\nexec ${emulator} -L ${prefix} '${program}' "$@"\n`);
    chmodSync(path, 0o755);
    return path;
  };
  const bin = join(arm64Checkout, 'bin');
  makeFolder(bin);
  const floor = join(arm64Checkout, 'zig-out', 'bin', 'ffibench-native');
  renameSync(floor, `${floor}.arm64`);
  starter(floor, `${floor}.arm64`);
  return Object.fromEntries(runtimeNames.map((name) => {
    const { executable } = versions.runtimes[name];
    return [name, starter(join(bin, name), join(modules, packageOf(name), executable))];
  })) as Starters;
}

function recordTools(platform: string, starters: Starters): void {
  const runtimes = Object.fromEntries(runtimeNames.map((name) => [
    name,
    { state: 'ready', version: versionOf(name), path: starters[name] },
  ]));
  const reason = 'The library for arm64 is built beforehand.';
  const record = {
    ...{ root: arm64Checkout, platform, runtimes },
    zig: { state: 'missing', version: versions.zig.version, reason },
    library: join(arm64Checkout, 'zig-out', 'lib', 'libffibench.so'),
  };
  makeFolder(join(arm64Checkout, '.tools'));
  writeFileSync(join(arm64Checkout, '.tools', 'tools.json'), JSON.stringify(record));
}
