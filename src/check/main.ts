// The test command: runs every gate, shows what failed, and ends with `N passed, N failed`.
import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { messageOf } from '../boot/provision_error.mjs';
import { readTools } from '../boot/tools.mjs';
import { cpuMeter } from './cpu_time.ts';
import { type Gate, gates, gateSets } from './gates.ts';
import { type GateResult, runGate } from './run_gate.ts';
import { runScheduled } from './schedule.ts';
import { summary } from './table.ts';
import { makeFolder } from '../boot/folders.mjs';

const exitCode = { good: 0, failed: 1, usage: 2, interrupted: 130 } as const;
const shownLogLines = 60;

/** What the boot file spent on provisioning before this process. */
const provisioned_ms = Math.max(
  0,
  performance.timeOrigin - Number(process.env.FFI_BENCH_STARTED_MS ?? performance.timeOrigin),
);

/** Runs the gates that `argv` chooses and returns the exit code. */
export async function main(argv: string[]): Promise<number> {
  let chosen: readonly Gate[];
  try {
    chosen = chooseGates(argv);
  } catch (error) {
    process.stderr.write(`ffi-bench: ${messageOf(error)}\n`);
    return exitCode.usage;
  }
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort());
  const results = await runAll(chosen, stop.signal);
  if (stop.signal.aborted) return exitCode.interrupted;
  print(summary(results, provisioned_ms));
  return results.some((result) => result.failure !== undefined) ? exitCode.failed : exitCode.good;
}

/** `--long`, `--release`, `--arm64`: other sets; `--only NAME`, repeatable: single gates. */
export function chooseGates(argv: string[]): readonly Gate[] {
  const { values } = parseArgs({
    args: argv,
    options: {
      long: { type: 'boolean' },
      release: { type: 'boolean' },
      arm64: { type: 'boolean' },
      only: { type: 'string', multiple: true },
    },
  });
  const named = (['long', 'release', 'arm64'] as const).find((set) => values[set]);
  const all = named === undefined ? gates : gateSets[named];
  const unknown = values.only?.find((name) => !all.some((gate) => gate.name === name));
  if (unknown !== undefined) {
    const names = all.map((gate) => gate.name).join(', ');
    throw new Error(`There is no gate "${unknown}". Choose from: ${names}.`);
  }
  return all.filter((gate) => values.only?.includes(gate.name) ?? true);
}

async function runAll(chosen: readonly Gate[], signal: AbortSignal): Promise<GateResult[]> {
  const tools = readTools();
  const { root } = tools;
  const folder = join(root, '.ffi-bench', 'check');
  makeFolder(folder);
  const results: GateResult[] = [];
  const [began, cpu] = [performance.now(), cpuMeter()];
  await runScheduled(chosen, async (gate) => {
    if (signal.aborted) return;
    const result = await runGate(gate, { root, tools, folder, signal, began, cpu });
    results.push(result);
    print(resultLine(result));
    if (result.failure !== undefined && !signal.aborted) print(failureText(result, root));
  });
  return results;
}

function resultLine({ gate, failure, elapsed_ms }: GateResult): string {
  const word = failure === undefined ? 'ok  ' : 'FAIL';
  return `${word}  ${gate.padEnd(12)} ${(elapsed_ms / 1000).toFixed(1).padStart(6)} s`;
}

/** The sentence, then the end of the log, set off from the gates' lines. */
function failureText({ failure, log }: GateResult, root: string): string {
  const lines = readFileSync(log, 'utf8').trimEnd().split('\n');
  const tail = lines.slice(-shownLogLines).map((line) => `      | ${line}`);
  const where = relative(root, log);
  return [`      ${failure} The whole log: ${where}`, ...tail].join('\n');
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

if (import.meta.main) process.exitCode = await main(process.argv.slice(2));
