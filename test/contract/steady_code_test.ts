// The timed loop stays in optimized code: the engines log every piece of code that they throw away,
// and none is in the part of a launch that counts. A clock that decided something between batches
// failed this: V8 threw the loop away at the very moment when measuring began.
import assert from 'node:assert/strict';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { laneRow } from '../../runtimes/lanes.ts';
import type { Workers } from '../../src/launching/bundle.ts';
import { assertSteady, bundleCases, folder, launchLogged, steadyCases } from './steady_code.ts';
import type { ScriptLane } from './workers.ts';

const lanes = ['deno.ffi', 'node.ffi', 'bun.ffi'].map((lane) => laneRow(lane) as ScriptLane);
const [bun] = lanes.splice(2);

let workers: Workers;
before(async () => {
  workers = await bundleCases([...lanes, bun!]);
});

const logPathOf = ({ lane }: ScriptLane, name: string, durationMs: number) =>
  join(folder, `${lane}-${name.replaceAll(/\W/g, '_')}-${durationMs}.log`);

/** The lane's flags, with V8 logging what it throws away. */
function flagsWithLog({ runtime }: ScriptLane, logPath: string, flags: string[]): string[] {
  const log = ['--log-deopt', '--no-logfile-per-isolate', `--logfile=${logPath}`];
  if (runtime === 'node') return [...log, ...flags];
  return flags.map((flag) => flag.startsWith('--v8-flags=') ? [flag, ...log].join(',') : flag);
}

/** Deoptimizations in a log of V8: when, in ms since the process began, and the line itself. */
function deoptimizations(logPath: string): { atMs: number; line: string }[] {
  return readFileSync(logPath, 'utf8').split('\n').filter((line) => line.startsWith('code-deopt,'))
    .map((line) => ({ atMs: Number(line.split(',')[1]) / 1000, line }));
}

for (const row of lanes) {
  for (const steady of steadyCases) {
    const [name] = steady;
    test(`${row.lane} throws no code away while ${name} is measured`, async () => {
      await assertSteady(async (durationMs, isCounted) => {
        const logPath = logPathOf(row, name, durationMs);
        const isSettled = await launchLogged(workers, row, steady, durationMs, {
          flags: (flags) => flagsWithLog(row, logPath, flags),
        });
        const all = deoptimizations(logPath);
        assert.ok(all.length > 0, 'the log holds those of the warm-up: it is being written');
        const thrownAway = all.filter(({ atMs }) => isCounted(atMs)).map(({ line }) => line);
        return { thrownAway, isSettled };
      });
    });
  }
}

/** JavaScriptCore's lines on code that it leaves or throws away, and on code that it made. */
const leaves = /Jettisoning|Triggering reoptimization|OSR exit #/;
const made = /^Optimized .* using (DFG|FTL)/;

/** Its log has no times: how long it was, looked at every few ms, tells when a line was written. */
function watchLength(
  logPath: string,
): { stop: () => void; writtenAtMs: (end: number) => number } {
  const startedMs = performance.now();
  const seen: { atMs: number; length: number }[] = [];
  const timer = setInterval(() => {
    const length = statSync(logPath, { throwIfNoEntry: false })?.size ?? 0;
    seen.push({ atMs: performance.now() - startedMs, length });
  }, 5);
  return {
    stop: () => clearInterval(timer),
    writtenAtMs: (end) => seen.find(({ length }) => length >= end)?.atMs ?? Infinity,
  };
}

for (const steady of steadyCases) {
  const [name] = steady;
  test(`bun.ffi throws no code away while ${name} is measured`, async () => {
    await assertSteady(async (durationMs, isCounted) => {
      const logPath = logPathOf(bun!, name, durationMs);
      const watched = watchLength(logPath);
      const isSettled = await launchLogged(workers, bun!, steady, durationMs, {
        flags: (flags) => flags,
        env: { BUN_JSC_verboseOSR: '1', BUN_JSC_reportCompileTimes: '1' },
        stderrPath: logPath,
      }).finally(watched.stop);
      const { writtenAtMs } = watched;
      let end = 0;
      const lines = readFileSync(logPath, 'utf8').split('\n').map((line) => {
        end += Buffer.byteLength(line) + 1;
        return { line, atMs: writtenAtMs(end - 1) };
      });
      assert.ok(lines.some(({ line }) => made.test(line)), 'the log tells of optimized code');
      const thrownAway = lines.filter(({ line, atMs }) => leaves.test(line) && isCounted(atMs))
        .map(({ line }) => line);
      return { thrownAway, isSettled };
    });
  });
}
