// The test command: runs every gate, shows what failed, and ends with `N passed, N failed`.
import { mkdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { messageOf } from '../boot/provision_error.mjs';
import { readTools } from '../boot/tools.mjs';
import { addCounts, type Counts, noCounts } from './counts.ts';
import { type Gate, gates, longGates } from './gates.ts';
import { type GateResult, runGate } from './run_gate.ts';
import { runScheduled } from './schedule.ts';

const exitCode = { good: 0, failed: 1, usage: 2, interrupted: 130 } as const;
const shownLogLines = 60;

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
  print(summary(results));
  return results.some((result) => result.failure !== undefined) ? exitCode.failed : exitCode.good;
}

/** `--long` takes the long tests; `--only NAME`, repeatable, takes single gates. */
export function chooseGates(argv: string[]): readonly Gate[] {
  const { values } = parseArgs({
    args: argv,
    options: { long: { type: 'boolean' }, only: { type: 'string', multiple: true } },
  });
  const all = values.long ? longGates : gates;
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
  mkdirSync(folder, { recursive: true });
  const results: GateResult[] = [];
  await runScheduled(chosen, async (gate) => {
    if (signal.aborted) return;
    const result = await runGate(gate, { root, tools, folder, signal });
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

/** The counts per gate, and last, alone on its line, the sum. */
export function summary(results: readonly GateResult[]): string {
  const total = results.map((result) => result.counts).reduce(addCounts, noCounts);
  const rows = results.map(({ gate, counts }) => `  ${gate.padEnd(12)} ${countsText(counts)}`);
  return ['', ...rows, '', `${total.passed} passed, ${total.failed} failed`].join('\n');
}

function countsText({ passed, failed, skipped }: Counts): string {
  const numbers = [passed, failed, skipped].map((count) => String(count).padStart(5));
  return `${numbers[0]} passed ${numbers[1]} failed ${numbers[2]} skipped`;
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

if (import.meta.main) process.exitCode = await main(process.argv.slice(2));
