/** What pilots found in earlier runs, so that a second run of the same binaries starts at once. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { makeFolder } from '../boot/folders.mjs';
import { flagsOf } from '../../runtimes/lanes.ts';
import { scriptOf } from '../launching/command.ts';
import type { Workers } from '../launching/bundle.ts';
import type { PlannedCase } from '../planning/plan.ts';
import { writeWhole } from '../results/write_whole.ts';
import type { Pilot } from './state.ts';

/** Pilots by what they depend on. */
export interface KeptPilots {
  find(planned: PlannedCase): Pilot | undefined;
  add(planned: PlannedCase, pilot: Pilot): void;
  /** Writes what was added; where that fails, the next run pilots again. */
  save(): void;
}

/** Keeps nothing. */
export const noKeptPilots: KeptPilots = { find: () => undefined, add() {}, save() {} };

/** Pilots that are kept at the most; the oldest are dropped. */
const mostKept = 20_000;

/** The pilots in a file. `hashes` are those of the run's files, by path. */
export function keepPilots(
  path: string,
  hashes: Readonly<Record<string, string>>,
  workers: Workers,
): KeptPilots {
  const kept = read(path);
  let isChanged = false;
  const keyOf = (planned: PlannedCase) => {
    const { entry, arm } = planned;
    const files = [arm.runtime.path, ...scriptOf(workers, planned)].map((file) => hashes[file]);
    const parts = [entry.name, arm.row.lane, flagsOf(arm.row), arm.library?.sha256, ...files];
    return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 24);
  };
  return {
    find: (planned) => kept.get(keyOf(planned)),
    add(planned, pilot) {
      kept.set(keyOf(planned), pilot);
      isChanged = true;
    },
    save() {
      if (!isChanged) return;
      try {
        makeFolder(dirname(path));
        const text = JSON.stringify(Object.fromEntries([...kept].slice(-mostKept)));
        writeWhole(path, [text], { force: true });
      } catch {
        // The next run pilots again.
      }
    },
  };
}

function read(path: string): Map<string, Pilot> {
  try {
    const entries = Object.entries(JSON.parse(readFileSync(path, 'utf8')) as object);
    return new Map(entries.filter(([, value]) => isPilot(value)));
  } catch {
    return new Map();
  }
}

function isPilot(value: unknown): value is Pilot {
  const { callsPerBatch, settleNs, batchNs } = (value ?? {}) as Record<string, unknown>;
  return Number.isSafeInteger(callsPerBatch) && Number.isFinite(settleNs) &&
    Number.isFinite(batchNs);
}
