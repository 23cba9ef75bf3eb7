/**
 * Progress on stderr: one line with the time left, redrawn between launches and never during one.
 */
import { SingleBar } from 'cli-progress';
import process from 'node:process';

/** Follows the launches of a run. */
export interface ProgressLine {
  /** So many of so many launches, or of what `unit` names, are over; the last was of `what`. */
  update(done: number, total: number, what: string, unit?: string): void;
  /** Takes the line away while something else is printed. */
  clear(): void;
  stop(): void;
}

/** Far below one drawing per run: the library's own timer must not draw while a launch runs. */
const drawingsPerSecond = 1e-5;

/** A bar where stderr is a terminal; silence elsewhere, since rows come on stdout. */
export function progressLine(): ProgressLine {
  if (!process.stderr.isTTY) return { update: () => {}, clear: () => {}, stop: () => {} };
  let started = performance.now();
  let counted = '';
  const bar = new SingleBar({
    format: '{bar} {value}/{total} {unit} · {left} left · {what}',
    barCompleteChar: '█',
    barIncompleteChar: '░',
    barsize: 24,
    hideCursor: true,
    clearOnComplete: true,
    linewrap: false,
    fps: drawingsPerSecond,
    emptyOnZero: true,
  });
  let shown = false;
  return {
    update(done, total, what, unit = 'launches') {
      if (counted !== '' && unit !== counted) started = performance.now();
      counted = unit;
      const left = timeLeft(started, done, total);
      if (!shown) bar.start(total, done, { left, what, unit });
      shown = true;
      bar.setTotal(total);
      bar.update(done, { left, what, unit });
      (bar as unknown as { render(force: boolean): void }).render(true);
    },
    clear() {
      if (shown) process.stderr.write('\r\u001b[2K');
    },
    stop() {
      if (shown) bar.stop();
      shown = false;
    },
  };
}

/** The time left as text, from the mean of the launches so far. */
function timeLeft(started: number, done: number, total: number): string {
  if (done === 0) return '…';
  const seconds = ((performance.now() - started) / done) * (total - done) / 1000;
  return seconds < 90 ? `${Math.ceil(seconds)} s` : `${Math.ceil(seconds / 60)} min`;
}
