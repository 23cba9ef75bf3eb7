// Starts the tool under the runtime that shall run it and passes on its exit code and the signals
// meant for it: Node 20 hands over to the pinned Node, Deno to itself with named permissions, and
// Bun simply goes on.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import process from 'node:process';
import { pathToFileURL } from 'node:url';
import { exitCodeOfSignal, forwardedSignals } from './child.mjs';
import { ProvisionError } from './provision_error.mjs';
import { root } from './versions.mjs';

/**
 * @typedef {import('./host.mjs').Host} Host
 * @typedef {import('./host.mjs').CommandLine} CommandLine
 * @typedef {import('./tools.mjs').Tools} Tools
 */

/**
 * What is started; `script` is relative to the checkout.
 * @typedef {object} Entry
 * @property {string} script
 * @property {string[]} argv
 * @property {boolean} zig whether it needs Zig even when the library is current
 * @property {boolean} isModule it is the program itself, and has no `main` to be called
 */

/**
 * What a checkout does besides being the tool; each needs Zig.
 * @type {Record<string, string>}
 */
const programs = { test: 'src/check/main.ts', package: 'src/package/main.ts' };

/**
 * `test` is the test command, `package` makes the package, `bench/NAME.ts` a benchmark of the
 * project itself; all else is the command line of the tool.
 * @param {string[]} argv
 * @returns {Entry}
 */
export function entryOf(argv) {
  const [first = '', ...rest] = argv;
  const program = programs[first];
  if (program !== undefined) return { script: program, argv: rest, zig: true, isModule: false };
  if (/^bench\/[\w/]+\.ts$/.test(first)) {
    return { script: first, argv: rest, zig: false, isModule: true };
  }
  return { script: 'src/cli/main.ts', argv, zig: false, isModule: false };
}

/** Node talks about what is experimental in it; the tool knows. */
const nodeFlags = ['--disable-warning=ExperimentalWarning'];

const denoFlags = ['--quiet', '--no-prompt', '--cached-only', '--node-modules-dir=manual'];

/** Environment variables that the tool under Deno sees, and that its children inherit. */
const environmentNames = [
  ...['PATH', 'HOME', 'USER', 'USERPROFILE', 'SYSTEMROOT', 'COMSPEC', 'APPDATA', 'LOCALAPPDATA'],
  ...['TMPDIR', 'TMP', 'TEMP', 'LANG', 'LC_ALL', 'TZ', 'XDG_CACHE_HOME', 'LD_LIBRARY_PATH'],
  ...['TERM', 'COLORTERM', 'NO_COLOR', 'FORCE_COLOR', 'COLUMNS', 'CI', 'INIT_CWD'],
  ...['HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY', 'http_proxy', 'https_proxy', 'no_proxy'],
  ...['NODE_EXTRA_CA_CERTS', 'SSL_CERT_FILE', 'DENO_DIR', 'DENO_CERT', 'BUN_INSTALL'],
  ...['NPM_CONFIG_REGISTRY', 'npm_config_*', 'npm_execpath', 'PIP_*', 'ZIG', 'ZIG_*'],
  ...['FFI_BENCH_*', 'ESBUILD_*'],
];

const systemNames = [
  ...['cpus', 'hostname', 'osRelease', 'osUptime', 'loadavg', 'systemMemoryInfo'],
  ...['homedir', 'uid', 'gid', 'networkInterfaces'],
];

/** Options whose value is a file that the tool writes. */
const outputOptions = ['--out', '--html'];

/**
 * The folders of the files that a command line asks the tool to write.
 * @param {string[]} argv
 * @param {string} cwd
 */
export function outputFolders(argv, cwd) {
  const files = argv.flatMap((word, index) => {
    const [option = '', ...rest] = word.split('=');
    if (!outputOptions.includes(option)) return [];
    return rest.length > 0 ? [rest.join('=')] : argv.slice(index + 1, index + 2);
  });
  return [...new Set(files.map((file) => dirname(resolve(cwd, file))))];
}

/**
 * Deno's permissions for the tool. Running is unscoped since people name their own runtimes, and
 * reading since they name their own documents and libraries; the rest is named. A variable that is
 * not named reads as unset instead of ending the tool.
 * @param {string[]} argv
 * @param {string} cwd
 */
export function denoPermissions(argv, cwd) {
  const writable = [root, tmpdir(), ...outputFolders(argv, cwd)];
  return [
    '--allow-run',
    '--allow-read',
    '--allow-ffi',
    `--allow-write=${writable.map((path) => path.replaceAll(',', ',,')).join(',')}`,
    `--allow-env=${environmentNames.join(',')}`,
    '--ignore-env',
    `--allow-sys=${systemNames.join(',')}`,
  ];
}

/**
 * How the tool is started as a process under Node or Deno.
 * @param {Host} host
 * @param {Tools} tools
 * @param {string} script absolute
 * @param {string[]} argv
 * @returns {CommandLine}
 */
export function toolCommand(host, tools, script, argv) {
  if (host.name === 'deno') {
    const permissions = denoPermissions(argv, process.cwd());
    return { command: host.path, args: ['run', ...denoFlags, ...permissions, script, ...argv] };
  }
  const { node } = tools.runtimes;
  if (node.state === 'missing') throw new ProvisionError(noNode(node.reason));
  return { command: node.path, args: [...nodeFlags, script, ...argv] };
}

/** @param {string} reason */
function noNode(reason) {
  return `The tool needs a current Node under npm. ${reason}\n` +
    'Where Deno or Bun is installed, "deno task bench" or "bun run bench" needs none.';
}

const exitCodeUsage = 2;

/**
 * Runs the tool and returns its exit code.
 * @param {Host} host
 * @param {Tools} tools
 * @param {Entry} entry
 * @returns {Promise<number>}
 */
export async function startTool(host, tools, { script, argv, isModule }) {
  const path = join(root, script);
  if (!existsSync(path)) {
    process.stderr.write(`ffi-bench: There is no benchmark ${script} in this checkout.\n`);
    return exitCodeUsage;
  }
  if (host.name !== 'bun') return await runInheriting(toolCommand(host, tools, path, argv));
  if (isModule) return await runModule(path, argv);
  const { main } = await import(pathToFileURL(path).href);
  return await main(argv);
}

/**
 * Runs a module in this very process as if it had been started with the arguments.
 * @param {string} path
 * @param {string[]} argv
 * @returns {Promise<number>}
 */
async function runModule(path, argv) {
  process.argv = [process.argv[0] ?? '', path, ...argv];
  await import(pathToFileURL(path).href);
  return Number(process.exitCode ?? 0);
}

/**
 * @param {CommandLine} commandLine
 * @returns {Promise<number>}
 */
function runInheriting({ command, args }) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: 'inherit' });
    for (const signal of forwardedSignals) process.on(signal, () => forward(child, signal));
    child.on('error', (error) => {
      reject(new ProvisionError(`${command} could not be started: ${error.message}.`));
    });
    child.on('close', (code, signal) => resolve(signal ? exitCodeOfSignal(signal) : code ?? 1));
  });
}

/**
 * A terminal sends its interrupt and its hang-up to the child itself; a second one from here would
 * count as the user's second.
 * @param {import('node:child_process').ChildProcess} child
 * @param {NodeJS.Signals} signal
 */
function forward(child, signal) {
  const atTerminal = [process.stdin, process.stdout, process.stderr].some((end) => end.isTTY);
  if (signal === 'SIGTERM' || !atTerminal) child.kill(signal);
}
