// Packs the project and runs it as its users do: from a registry, by each package manager, in an
// empty folder, with nothing on PATH but one runtime and what its package manager needs.
import { execFileSync, spawn } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  symlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import process from 'node:process';
import { libcOf } from '../../src/boot/shipped.mjs';
import { readTools } from '../../src/boot/tools.mjs';
import { platform, root, type RuntimeName } from '../../src/boot/versions.mjs';
import type { Published } from './registry.ts';

/** What a program said. */
export interface Said {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** The folder of this platform's native parts. */
export const nativeFolder = process.platform === 'linux'
  ? `${platform}-${libcOf(process.execPath)}`
  : platform;

/** Makes the package, for this platform alone unless all are asked for, and packs it. */
export function packProject(folder: string, targets: 'own' | 'all' = 'own'): Published {
  const boot = join(root, 'src', 'boot', 'boot.mjs');
  const only = targets === 'own' ? ['--only', nativeFolder] : [];
  execFileSync(process.execPath, [boot, 'package', ...only], { cwd: root });
  const args = ['pack', '--ignore-scripts', '--json', '--pack-destination', folder];
  const said = execFileSync(onPath('npm'), args, { cwd: root, encoding: 'utf8' });
  const [packed] = JSON.parse(said) as [{ filename: string }];
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const { name, version, bin, exports, type, peerDependencies, peerDependenciesMeta } = manifest;
  return {
    name,
    version,
    tarball: join(folder, packed.filename),
    manifest: { bin, exports, type, peerDependencies, peerDependenciesMeta },
  };
}

/** The real path of a program that this machine has on PATH. */
function onPath(name: string): string {
  const folders = (process.env.PATH ?? '').split(delimiter);
  const found = folders.map((folder) => join(folder, name)).find((path) => existsSync(path));
  if (found === undefined) throw new Error(`There is no ${name} on PATH.`);
  return realpathSync(found);
}

/** A new folder below the system's temporary one. */
export function newFolder(name: string): string {
  return mkdtempSync(join(tmpdir(), `ffi-bench-${name}-`));
}

/** A folder for PATH that holds some runtimes, and npm with the shell it needs where asked for. */
export function pathOf(runtimes: readonly RuntimeName[], { npm = false } = {}): string {
  const folder = newFolder('path');
  for (const name of runtimes) {
    const tool = readTools().runtimes[name];
    if (tool.state === 'missing') throw new Error(tool.reason);
    symlinkSync(tool.path, join(folder, name));
  }
  if (npm) {
    for (const name of ['npm', 'npx', 'sh']) {
      symlinkSync(onPath(name), join(folder, name));
    }
  }
  return folder;
}

/** An environment with this PATH and registry, its caches in a folder of their own. */
export function environmentOf(path: string, registry: string, caches: string): NodeJS.ProcessEnv {
  mkdirSync(caches, { recursive: true });
  const below = (name: string) => join(caches, name);
  return {
    PATH: path,
    HOME: below('home'),
    NO_COLOR: '1',
    NPM_CONFIG_REGISTRY: registry,
    npm_config_registry: registry,
    npm_config_cache: below('npm'),
    npm_config_update_notifier: 'false',
    BUN_CONFIG_REGISTRY: registry,
    BUN_INSTALL_CACHE_DIR: below('bun'),
    BUN_TMPDIR: below('.'),
    DENO_DIR: below('deno'),
    DENO_NO_UPDATE_CHECK: '1',
    FFI_BENCH_CACHE: below('ffi-bench'),
  };
}

/** How each package manager runs a package that is not installed. */
const managers: Readonly<Record<RuntimeName, { program: string; args: readonly string[] }>> = {
  node: { program: 'npx', args: ['--yes', 'ffi-bench'] },
  bun: { program: 'bun', args: ['x', 'ffi-bench'] },
  deno: { program: 'deno', args: ['run', '-A', '--quiet', 'npm:ffi-bench'] },
};

/** Runs the tool in a folder through a package manager, with its runtime alone on PATH. */
export function through(
  manager: RuntimeName,
  args: readonly string[],
  { cwd, registry, caches }: { cwd: string; registry: string; caches: string },
): Promise<Said> {
  const path = pathOf([manager], { npm: manager === 'node' });
  const { program, args: own } = managers[manager];
  const env = environmentOf(path, registry, caches);
  return run(join(path, program), [...own, ...args], { cwd, env });
}

/** Runs a program to its end. */
export function run(
  program: string,
  args: readonly string[],
  options: { cwd: string; env: NodeJS.ProcessEnv },
): Promise<Said> {
  return new Promise((settle, refuse) => {
    const child = spawn(program, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
    let [stdout, stderr] = ['', ''];
    child.stdout.setEncoding('utf8').on('data', (text) => stdout += text);
    child.stderr.setEncoding('utf8').on('data', (text) => stderr += text);
    child.on('error', refuse);
    child.on('close', (code) => settle({ code: code ?? -1, stdout, stderr }));
  });
}
