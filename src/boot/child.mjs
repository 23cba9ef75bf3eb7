// Runs a helper program (a package manager, pip, zig) quietly and keeps what it says, so that it is
// shown only when it fails. Ending this process ends the helper too.
import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import process from 'node:process';

/**
 * @typedef {object} Outcome what became of a program; `code` is -1 when it could not be started
 * @property {number} code
 * @property {NodeJS.Signals | null} signal
 * @property {string} stdout
 * @property {string} stderr
 */

/** @type {readonly NodeJS.Signals[]} */
export const forwardedSignals = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/**
 * The exit code by which a shell reports that a signal ended a program.
 * @param {NodeJS.Signals} signal
 */
export function exitCodeOfSignal(signal) {
  return 128 + constants.signals[signal];
}

/**
 * Runs a program to its end and returns its output. Never rejects.
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv }} [options]
 * @returns {Promise<Outcome>}
 */
export function runQuietly(command, args, options = {}) {
  return new Promise((resolve) => {
    /** @type {import('node:child_process').ChildProcess} */
    let child;
    try {
      child = spawn(command, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
    } catch (error) {
      const stderr = /** @type {Error} */ (error).message;
      return resolve({ code: -1, signal: null, stdout: '', stderr });
    }
    let stdout = '';
    let stderr = '';
    const stop = endWith(child);
    // Where this process may open no more files, there are no pipes but an error.
    child.stdout?.setEncoding('utf8').on('data', (text) => stdout += text);
    child.stderr?.setEncoding('utf8').on('data', (text) => stderr += text);
    child.on('error', (error) => {
      stop();
      resolve({ code: -1, signal: null, stdout, stderr: stderr + error.message });
    });
    child.on('close', (code, signal) => {
      stop();
      resolve({ code: code ?? -1, signal, stdout, stderr });
    });
  });
}

/** @type {Set<import('node:child_process').ChildProcess>} helpers that have not ended */
const running = new Set();

/** One handler per signal for all helpers: several versions may be installed at once. */
const handlers = forwardedSignals.map((signal) => ({
  signal,
  handler() {
    for (const child of running) child.kill(signal);
    process.exit(exitCodeOfSignal(signal));
  },
}));

/**
 * Ends the helper and then this process when a signal asks this process to end.
 * @param {import('node:child_process').ChildProcess} child
 * @returns {() => void} takes the handlers away again after the last helper
 */
function endWith(child) {
  if (running.size === 0) handlers.forEach(({ signal, handler }) => process.on(signal, handler));
  running.add(child);
  return () => {
    if (!running.delete(child) || running.size > 0) return;
    handlers.forEach(({ signal, handler }) => process.off(signal, handler));
  };
}

/**
 * The last lines of what a failed program said, for an error sentence.
 * @param {Outcome} outcome
 * @param {number} [lines]
 */
export function tailOf(outcome, lines = 6) {
  const said = outcome.stderr.trim() || outcome.stdout.trim();
  const tail = said.split('\n').slice(-lines).map((line) => `  ${line}`).join('\n');
  return tail.trim() === '' ? `  (exit code ${outcome.code}, no output)` : tail;
}
