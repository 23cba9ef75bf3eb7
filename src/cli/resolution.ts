/** `ffi-bench doctor --resolution`: what this machine can tell apart, found out by trying. */
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { isPackage } from '../boot/places.mjs';
import { root } from '../boot/versions.mjs';
import { exitCodes, RunError } from '../usage/errors.ts';
import { formatNs, formatPercent } from '../report/words/numbers.ts';
import { clockGhz } from '../machine/tool_library.ts';
import {
  buildPlanted,
  conclude,
  examine,
  type Resolution,
  type ResolutionOptions,
  type Undecided,
} from '../session/resolution.ts';
import { onInterrupt } from './interrupt.ts';
import { progressLine } from './progress.ts';
import { toolVersion } from './version.ts';
import { makeFolder } from '../boot/folders.mjs';

/** Rounds that fit into about five minutes on three runtimes: 3 cases × 9 arms × 0.3 s. */
export const resolutionOptions: ResolutionOptions = {
  runtimes: ['deno', 'bun', 'node'],
  rounds: 32,
  splitRounds: 20,
  splits: 200,
};

/**
 * Launches everything and prints a line per case and lane; returns what was found.
 */
export async function findResolution(
  options = resolutionOptions,
): Promise<(Resolution | Undecided)[] | null> {
  if (isPackage) {
    throw new RunError(
      exitCodes.notProvisioned,
      'What a machine can tell apart is found with libraries that a checkout builds: run ' +
        '"npm run ffi-bench -- doctor --resolution" there.',
    );
  }
  makeFolder(join(root, '.ffi-bench'));
  const folder = mkdtempSync(join(root, '.ffi-bench', 'resolution-'));
  const interrupt = onInterrupt();
  const progress = progressLine();
  const found: (Resolution | Undecided)[] = [];
  try {
    process.stderr.write('Building libraries with planted slowdowns.\n');
    const libraries = await buildPlanted(root, folder, await clockGhz());
    let done = 0;
    const total = libraries.size * options.runtimes.length * 3 * options.rounds;
    for (const [label, pair] of libraries) {
      const document = await examine({
        label,
        libraries: pair,
        options,
        invocation: {
          checkout: root,
          version: toolVersion(),
          seed: Date.now() % 2 ** 32,
          command: ['ffi-bench', 'doctor', '--resolution'],
        },
        journalPath: join(folder, `${label}.journal.ndjson`),
        listener: {
          onLaunch: (line) => progress.update(++done, total, `${line.case} ${line.arm}`),
          onRow: () => {},
        },
        abort: interrupt.signal,
      });
      if (document === null) return null;
      progress.clear();
      for (const one of conclude(label, document, options)) {
        found.push(one);
        process.stdout.write(`${resolutionLine(one)}\n`);
      }
    }
    return found;
  } finally {
    progress.stop();
    interrupt.release();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** `noop in bun.ffi, 1.30 ns: tells 0.10 ns apart; false alarms 0 of 200; …`. */
export function resolutionLine(one: Resolution | Undecided): string {
  if (!('control' in one)) {
    return `${one.name.padEnd(18)}${
      one.lane.padEnd(10)
    }only ${one.rounds} rounds had a free core ` +
      'in every arm: too few to say anything. Try again when the machine is quieter.';
  }
  const { control, planted, resolved, costNs } = one;
  const apart = resolved === null
    ? 'tells nothing apart'
    : `tells ${formatNs(resolved * costNs)} (${formatPercent(resolved)}) apart`;
  return `${one.name.padEnd(18)}${one.lane.padEnd(10)}${formatNs(costNs).padStart(8)}: ${apart}; ` +
    `false alarms ${control.falseAlarms} of ${control.splits}; ` +
    `95 % intervals right ${formatPercent(control.coverage)}; ` +
    `error ${formatPercent(control.errorMedian)} / ${formatPercent(control.errorP95)}; ` +
    `planted ${planted.says} seen as ${formatPercent(planted.share)}, ` +
    `found in ${formatPercent(planted.found)}`;
}
