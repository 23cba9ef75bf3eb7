// Runs one gate: its program writes to a log file, and its results are counted when it has ended.
import { spawn } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { Tools } from '../boot/tools.mjs';
import { countJunit, type Counts, countZigSummary, noCounts } from './counts.ts';
import { type Gate, gateEnvironment, testFilesOf, toolPath } from './gates.ts';

export interface GateResult {
  readonly gate: string;
  readonly counts: Counts;
  /** When it began, after the first one. */
  readonly from_ms: number;
  readonly elapsed_ms: number;
  /** Processor time of the programs that ended with it; null where the system does not tell. */
  readonly cpu_ms: number | null;
  /** Why the gate failed, in a sentence; undefined when it is good. */
  readonly failure: string | undefined;
  readonly log: string;
}

export interface Surroundings {
  readonly root: string;
  readonly tools: Tools;
  /** Receives logs and reports. */
  readonly folder: string;
  /** Ends the gate's program when aborted. */
  readonly signal: AbortSignal;
  /** When the first gate began, by `performance.now()`. */
  readonly began: number;
  /** Processor time of ended programs since it was asked last, in ms. */
  readonly cpu: () => number | null;
}

/** Time that a gate may take unless it says otherwise, in ms. */
const usualLongest_ms = 20 * 60_000;

/** Runs a gate to its end. Never throws: what goes wrong is the gate's failure. */
export async function runGate(gate: Gate, where: Surroundings): Promise<GateResult> {
  const startedAt = performance.now();
  const log = join(where.folder, `${gate.name}.log`);
  const junit = join(where.folder, `${gate.name}.xml`);
  rmSync(junit, { force: true });
  writeFileSync(log, '');
  const { counts, failure } = await judge(gate, where, { log, junit }).catch((error: unknown) => ({
    counts: { ...noCounts, failed: 1 },
    failure: error instanceof Error ? error.message : String(error),
  }));
  return {
    gate: gate.name,
    counts,
    failure,
    log,
    from_ms: startedAt - where.began,
    elapsed_ms: performance.now() - startedAt,
    cpu_ms: where.cpu(),
  };
}

interface Files {
  readonly log: string;
  readonly junit: string;
}

async function judge(
  gate: Gate,
  where: Surroundings,
  reports: Files,
): Promise<Pick<GateResult, 'counts' | 'failure'>> {
  const tests = testFilesOf(gate, where.root);
  if (gate.tests !== undefined && tests.length === 0) {
    throw new Error(`There is no test: ${gate.tests}/*_test.ts names no file.`);
  }
  const files = gate.together ? [writeTogether(gate, tests, where)] : tests;
  const environment = gateEnvironment({
    // Hundreds of tests start the tool: what the first one compiled, the others take as it is.
    NODE_COMPILE_CACHE: join(where.folder, 'compiled'),
    ...await gate.prepare?.(),
  });
  const command = toolPath(where.tools, gate.tool);
  const ending = await runLogged([command, ...gate.args(files, reports.junit)], {
    environment,
    log: reports.log,
    where,
    cwd: gate.checkout ?? where.root,
    longest_ms: gate.longest_ms ?? usualLongest_ms,
  });
  return verdict(count(gate, reports, ending === undefined), ending);
}

/** Writes a program that imports the test files; its path, relative to the checkout. */
function writeTogether({ name }: Gate, tests: readonly string[], where: Surroundings): string {
  const path = join(where.folder, `${name}_test.ts`);
  const up = relative(where.folder, where.root).replaceAll('\\', '/');
  writeFileSync(path, tests.map((file) => `import '${up}/${file}';\n`).join(''));
  return relative(where.root, path).replaceAll('\\', '/');
}

/** Runs a program with its output in a file; returns how it failed, or undefined. */
function runLogged(
  [command = '', ...args]: readonly string[],
  { environment, log, where, cwd, longest_ms }: {
    environment: Record<string, string>;
    log: string;
    where: Surroundings;
    cwd: string;
    longest_ms: number;
  },
): Promise<string | undefined> {
  const output = openSync(log, 'a');
  return new Promise<string | undefined>((resolve) => {
    const child = spawn(command, args, {
      cwd,
      env: environment,
      stdio: ['ignore', output, output],
      signal: where.signal,
      timeout: longest_ms,
      killSignal: 'SIGTERM',
    });
    child.on('error', (error) => resolve(`It could not be run to its end: ${error.message}.`));
    child.on('close', (code, signal) => {
      if (signal !== null) resolve(`Its program was ended by ${signal}.`);
      else resolve(code === 0 ? undefined : `Its program ended with exit code ${code}.`);
    });
  }).finally(() => closeSync(output));
}

function count(gate: Gate, { log, junit }: Files, good: boolean): Counts {
  switch (gate.counting) {
    case 'exit_code':
      return { ...noCounts, [good ? 'passed' : 'failed']: 1 };
    case 'junit':
      return existsSync(junit) ? countJunit(readFileSync(junit, 'utf8')) : noCounts;
    case 'zig_summary':
      return countZigSummary(readFileSync(log, 'utf8'));
  }
}

/** A program that failed has a failure to show for it, and a runner has run at least one test. */
export function verdict(
  counts: Counts,
  ending: string | undefined,
): Pick<GateResult, 'counts' | 'failure'> {
  const withFailure = { ...counts, failed: Math.max(1, counts.failed) };
  if (ending !== undefined) return { counts: withFailure, failure: ending };
  if (counts.failed > 0) return { counts, failure: `${counts.failed} failed.` };
  if (counts.passed === 0) return { counts: withFailure, failure: 'It ran no test.' };
  return { counts, failure: undefined };
}
