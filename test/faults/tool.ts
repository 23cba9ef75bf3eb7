/** Runs the whole tool on fake runtimes, so that a test may interrupt, kill and starve it. */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { pathToFileURL } from 'node:url';
import { root } from '../../src/boot/versions.mjs';
import { parseJournal } from '../../src/results/journal.ts';

/** What a fake runtime does; see fake_runtime.ts. */
export interface Fake {
  readonly delayMs?: number;
  readonly measure?: 'healthy' | 'crash' | 'hang';
  readonly pids?: string;
  /**
   * A file that `letThrough` writes: each launch that counts waits until it may pass. What a test
   * does in the middle of a run happens there then, however slow the machine is.
   */
  readonly gate?: string;
  readonly version?: string;
  readonly engine?: string;
}

/** Makes the executable of a fake runtime, or replaces it in one step. */
export function writeFake(path: string, fake: Fake = {}): string {
  const module = pathToFileURL(join(root, 'test', 'faults', 'fake_runtime.ts')).href;
  const draft = `${path}.new`;
  const text = `#!${process.execPath}\nglobalThis.fake = ${JSON.stringify(fake)};\n` +
    `await import('${module}');\n`;
  writeFileSync(draft, text, { mode: 0o755 });
  renameSync(draft, path);
  return path;
}

/** Lets so many more launches pass a gate: all of them, unless said. */
export function letThrough(gate: string, launches = Infinity): string {
  writeFileSync(gate, String(launches));
  return gate;
}

/** The flags of a run of one case on a fake runtime. */
export function fakeRun(fake: string, out: string, launches: number): string[] {
  return [
    ...['run', '--runtime', `fake=bun@${fake}`, '--lane', 'plain', '--task', 'call.noop'],
    // Another run may be measuring in this checkout meanwhile.
    ...['--launches', String(launches), '--out', out, '--beside'],
  ];
}

/** How a run of the tool ended. */
export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A running tool. */
export interface Tool {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
}

/** The arguments that start the tool itself, without the boot file. */
export const toolArguments = [
  '--disable-warning=ExperimentalWarning',
  join(root, 'src', 'cli', 'main.ts'),
] as const;

/** Starts the tool; `script` is what runs it, `src/cli/main.ts` unless said. */
export function startTool(
  args: readonly string[],
  { start = toolArguments, env = {}, cwd = root }: {
    readonly start?: readonly string[];
    readonly env?: Readonly<Record<string, string>>;
    readonly cwd?: string;
  } = {},
): Tool {
  const child = spawn(process.execPath, [...start, ...args], {
    cwd,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text) => said.stdout += text);
  child.stderr.setEncoding('utf8').on('data', (text) => said.stderr += text);
  const ended = new Promise<Ended>((settle) => {
    child.on('close', (code, signal) => settle({ code, signal, ...said }));
  });
  return { child, ended };
}

/** Runs the tool to its end. */
export function runTool(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  return startTool(args, { env }).ended;
}

/** The processes that a fake noted in its file; none where there is no such file yet. */
export function pidsIn(path: string): number[] {
  return existsSync(path) ? readFileSync(path, 'utf8').split('\n').filter(Boolean).map(Number) : [];
}

/** The journal beside a document. */
export function journalBeside(out: string): string {
  return out.replace(/\.json$/, '.journal.ndjson');
}

/** Launches in the journal beside a document; 0 where there is none yet. */
export function launchesSoFar(out: string): number {
  const path = journalBeside(out);
  if (!existsSync(path)) return 0;
  const text = readFileSync(path, 'utf8');
  return text.includes('\n') ? parseJournal(text, path).launches.length : 0;
}
