// Runs the command line under the pinned Node: as a user does, a process for each, or many in one.
import { type ChildProcess, fork, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { after } from 'node:test';
import { readTools } from '../../src/boot/tools.mjs';
import { root } from '../../src/boot/versions.mjs';
import type { Document } from '../../src/results/schema.ts';
import { stringifyDocument } from '../../src/results/document.ts';

/** More than a command takes, beside whatever else runs. */
const timeoutMs = 10 * 60_000;

/** What a command line left behind. */
export interface Said {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const nodeFlags = ['--disable-warning=ExperimentalWarning'];

function pinnedNode(): string {
  const { node } = readTools().runtimes;
  if (node.state === 'missing') throw new Error(node.reason);
  return node.path;
}

/** Runs `ffi-bench` as a process of its own. */
export function ffiBench(...args: readonly string[]): Promise<Said> {
  const script = join(root, 'src', 'cli', 'main.ts');
  return new Promise((settle, refuse) => {
    const child = spawn(pinnedNode(), [...nodeFlags, script, ...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: timeoutMs,
    });
    let [stdout, stderr] = ['', ''];
    child.stdout.setEncoding('utf8').on('data', (text: string) => stdout += text);
    child.stderr.setEncoding('utf8').on('data', (text: string) => stderr += text);
    child.on('error', refuse);
    child.on('close', (code) => settle({ code, stdout, stderr }));
  });
}

/**
 * Runs many command lines in one process, one after the other; it ends with the tests of a file.
 */
export class Driver {
  readonly #child: ChildProcess;

  /** `columns`: the width of the terminal that it takes itself to write to. */
  constructor(columns?: number) {
    this.#child = fork(join(import.meta.dirname, 'cli_driver.ts'), {
      execPath: pinnedNode(),
      execArgv: nodeFlags,
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      env: { ...process.env, ...(columns === undefined ? {} : { COLUMNS: String(columns) }) },
    });
    after(() => this.#child.kill());
  }

  /** What one command line says. */
  run(...args: readonly string[]): Promise<Said> {
    return new Promise((settle, refuse) => {
      const ended = () => refuse(new Error(`The process ended at: ${args.join(' ')}`));
      this.#child.once('exit', ended);
      this.#child.once('message', (said) => {
        this.#child.off('exit', ended);
        settle(said as Said);
      });
      this.#child.send(args);
    });
  }
}

/** A folder of files for a test file, gone when its tests are over. */
export class Folder {
  readonly #path = mkdtempSync(join(tmpdir(), 'ffi-bench-cli-'));

  constructor() {
    after(() => rmSync(this.#path, { recursive: true, force: true }));
  }

  /** The path of a file here, whether it exists or not. */
  path(name: string): string {
    return join(this.#path, name);
  }

  /** Writes a text; the path. */
  text(name: string, text: string): string {
    writeFileSync(this.path(name), text);
    return this.path(name);
  }

  /** Writes a document as `run` does; the path. */
  document(name: string, document: Document): string {
    return this.text(name, stringifyDocument(document));
  }
}
