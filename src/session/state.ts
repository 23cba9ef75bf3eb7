/** What a run knows of its cases so far; the same whether launched now or read from a journal. */
import { leastOf } from '../analysis/recording.ts';
import { lowered, type ProbeScale } from '../machine/throughput.ts';
import { launchCost } from '../analysis/launch_cost.ts';
import { costEstimators } from '../stats/estimators.ts';
import type { LaunchLine } from '../results/schema.ts';
import { failuresInARow, mostAttempts } from '../planning/settings.ts';
import type { PlannedCase, PlannedLaunch } from '../planning/plan.ts';
import type { LaunchResult } from '../launching/launch.ts';

/** What the pilots of a case found out for its launches. */
export interface Pilot {
  readonly callsPerBatch: number;
  /** Calls that reach the library before the timed ones; undefined where none are counted. */
  readonly callsBefore?: number;
  /** Time until the case had settled, in ns. */
  readonly settleNs: number;
  /** Duration of a settled batch, in ns. */
  readonly batchNs: number;
}

/** A pilot's end where it found nothing: the outcome of its case. */
export interface FailedPilot {
  readonly failed: LaunchResult;
}

/** Share of a run's launches that may be made again because the core was not free. */
const mostAgain = 0.35;
/** Launches that a short run is taken to have at the least, so that some are made again in it. */
const fewLaunches = 30;

/** The state of a run, with one owner: the session that walks the plan. */
export class RunState {
  /** Of the throughput probe, as far as the run has seen; null where there is none. */
  scale: ProbeScale | null;
  sequence = 0;
  /** Time of the launches that were made before the run was resumed, in ms. */
  spentMs = 0;
  /** Launches of a round that may be made by now: one, until all rounds were made once. */
  attemptLimit = 1;
  #again = 0;
  /** Rounds that are over, and how many launches of a round were made, by its key. */
  readonly #over = new Set<string>();
  readonly #attempts = new Map<string, number>();
  /** Failures since the last launch that was done, by case and arm. */
  readonly #failures = new Map<string, number>();
  /** By case and binary: twins share one, so that only chance parts them. */
  readonly #pilots = new Map<string, Pilot | FailedPilot>();
  /** Cases whose instructions were counted. */
  readonly #stepped = new Set<string>();

  constructor(scale: ProbeScale | null) {
    this.scale = scale;
  }

  /** Takes the probes of a recording into account, before it is judged. */
  takeProbes(probes: readonly number[]): void {
    if (this.scale !== null && probes.length > 0) {
      this.scale = lowered(this.scale, leastOf(probes));
    }
  }

  /** Takes a launch into account. */
  take(planned: PlannedCase, line: LaunchLine): void {
    const round = roundKey(line);
    const least = line.measured?.probe?.least;
    if (least !== undefined) this.takeProbes([least]);
    this.#attempts.set(round, line.attempt + 1);
    if (line.attempt > 0) this.#again++;
    if (!this.#isWorthAnother(line)) this.#over.add(round);
    this.sequence = Math.max(this.sequence, line.sequence + 1);
    const key = caseKey(planned);
    const failed = line.outcome !== 'done' && line.outcome !== 'unsupported';
    this.#failures.set(key, failed ? (this.#failures.get(key) ?? 0) + 1 : 0);
  }

  /** Whether a launch is to be made that the plan has. */
  isDue(launch: PlannedLaunch): boolean {
    if (this.#over.has(roundKey(describe(launch))) || this.isGivenUp(launch.planned)) return false;
    const attempts = this.attemptOf(launch);
    if (attempts === 0) return this.attemptLimit === 1;
    return attempts < this.attemptLimit && this.#again < (this.sequence + fewLaunches) * mostAgain;
  }

  /** How many launches of its round were made before. */
  attemptOf(launch: PlannedLaunch): number {
    return this.#attempts.get(roundKey(describe(launch))) ?? 0;
  }

  /** Whether a case has been given up: too many failures in a row, or no pilot that ended. */
  isGivenUp(planned: PlannedCase): boolean {
    const failures = this.#failures.get(caseKey(planned)) ?? 0;
    const pilot = this.pilotOf(planned);
    return failures >= (pilot !== undefined && 'failed' in pilot ? 1 : failuresInARow);
  }

  pilotOf(planned: PlannedCase): Pilot | FailedPilot | undefined {
    return this.#pilots.get(binaryKey(planned));
  }

  takePilot(planned: PlannedCase, pilot: Pilot | FailedPilot): void {
    this.#pilots.set(binaryKey(planned), pilot);
  }

  isStepped(planned: PlannedCase): boolean {
    return this.#stepped.has(caseKey(planned));
  }

  takeStepped(planned: PlannedCase): void {
    this.#stepped.add(caseKey(planned));
  }

  /** Whether the core was not free for long enough in a launch that may be made again. */
  #isWorthAnother({ outcome, measured, attempt }: LaunchLine): boolean {
    if (outcome !== 'done' || measured === null || attempt + 1 >= mostAttempts) return false;
    return launchCost(measured, costEstimators.free_median) === 'no_free_core';
  }
}

/** What names a launch in its run. */
export function describe({ planned, pass, round }: PlannedLaunch) {
  return { case: planned.entry.name, arm: planned.arm.label, pass, round };
}

/** Key of a case and the binary that runs it: arms that differ in their label alone share it. */
export function binaryKey({ entry, arm }: PlannedCase): string {
  return `${entry.name} ${arm.row.lane} ${arm.runtime.path} ${arm.library?.sha256 ?? ''}`;
}

function roundKey(line: { case: string; arm: string; pass: number; round: number }): string {
  return `${line.case} ${line.arm} ${line.pass} ${line.round}`;
}

function caseKey({ entry, arm }: PlannedCase): string {
  return `${entry.name} ${arm.label}`;
}
