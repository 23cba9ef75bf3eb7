/** `ffi-bench bisect`: which release of a runtime changed a task, by instructions or by cost. */
import { Command, Option } from 'commander';
import process from 'node:process';
import { type RuntimeName, runtimes } from '../../runtimes/registry.ts';
import { instructionChange } from '../analysis/instruction_change.ts';
import { messageOf } from '../boot/provision_error.mjs';
import { keepRoom, releasesBetween } from '../boot/releases.mjs';
import { root, versions } from '../boot/versions.mjs';
import { unnarrowed } from '../planning/select.ts';
import { instructionChangeText, instructionsText } from '../report/words/instructions.ts';
import { formatNs } from '../report/words/numbers.ts';
import type { Instructions } from '../results/schema.ts';
import { openSingle, type SingleCase } from '../session/single.ts';
import { bisect, type Bisected } from '../stats/bisection.ts';
import { exitCodes, RunError, usageError } from '../usage/errors.ts';
import { unknownName } from '../usage/nearest.ts';
import { onInterrupt } from './interrupt.ts';
import { toolVersion } from './version.ts';

interface BisectFlags {
  from: string;
  to?: string;
  by: 'instructions' | 'cost';
  lane: string;
}

/** Launches of each version where costs are compared. */
const costLaunches = 5;

const help = `
The versions are those that npm has. Each is fetched once into the tool's
folder, which is kept under 4 GB. A version belongs to the end that its value is
nearer to, so that small changes on the way do not hide the large one. A version
that does not run the task is named and skipped.

Examples:
  ffi-bench bisect deno buffer.touch[64] --from 2.0.0
  ffi-bench bisect bun string_out.c_string[36] --from 1.3.0 --to 1.4.5 --by cost
  ffi-bench bisect node call.noop --from 22.0.0 --lane napi`;

/** The command. */
export function bisectCommand(setExit: (code: number) => void): Command {
  return new Command('bisect')
    .description('Find the release of a runtime that changed a task.')
    .argument('<RUNTIME>', 'deno, bun or node')
    .argument('<TASK>', 'a task, or one case of it, as buffer.touch[64]')
    .requiredOption('--from <VERSION>', 'the oldest release')
    .option('--to <VERSION>', 'the newest release; without it, the one that is measured by default')
    .option('--lane <MECHANISM>', 'the way into native code', 'ffi')
    .addOption(
      new Option('--by <FIGURE>', 'instructions, which repeat exactly, or cost, which takes longer')
        .choices(['instructions', 'cost']).default('instructions'),
    )
    .addHelpText('after', help)
    .action(async (runtime: string, task: string, flags: BisectFlags) =>
      setExit(await run(runtime, task, flags))
    );
}

async function run(name: string, task: string, flags: BisectFlags): Promise<number> {
  const names = Object.keys(runtimes) as RuntimeName[];
  if (!names.includes(name as RuntimeName)) throw usageError(unknownName('runtime', name, names));
  const runtime = name as RuntimeName;
  const to = flags.to ?? versions.runtimes[runtime].version;
  const interrupt = onInterrupt();
  try {
    const releases = await releasesBetween(runtime, flags.from, to);
    process.stderr.write(`${releases.length} releases from ${flags.from} to ${to}\n`);
    const hunt = new Hunt(runtime, task, flags, releases, interrupt.signal);
    const found = await bisect(releases.length, (index) => hunt.look(index));
    if (interrupt.signal.aborted) {
      process.stderr.write('Interrupted. Releases that were fetched are kept.\n');
      return exitCodes.interrupted;
    }
    process.stdout.write(`${hunt.conclusion(found)}\n`);
    return exitCodes.good;
  } finally {
    interrupt.release();
  }
}

/** One search: what each release gave. */
class Hunt {
  readonly #counted = new Map<number, Instructions>();
  readonly #costs = new Map<number, number>();
  #case = '';
  readonly runtime: RuntimeName;
  readonly task: string;
  readonly flags: BisectFlags;
  readonly releases: readonly string[];
  readonly abort: AbortSignal;

  constructor(
    runtime: RuntimeName,
    task: string,
    flags: BisectFlags,
    releases: readonly string[],
    abort: AbortSignal,
  ) {
    this.runtime = runtime;
    this.task = task;
    this.flags = flags;
    this.releases = releases;
    this.abort = abort;
  }

  /** The value of a release; null where it does not run the task. */
  async look(index: number): Promise<number | null> {
    const version = this.releases[index]!;
    if (this.abort.aborted) return null;
    try {
      const single = await this.#open(version);
      this.#case = single.planned.entry.name;
      const value = await this.#ask(single, index);
      if (this.abort.aborted) return null;
      this.#say(version, value.text);
      return value.value;
    } catch (error) {
      if (this.abort.aborted) return null;
      this.#say(version, `does not run it: ${messageOf(error)}`);
      return null;
    }
  }

  async #ask(single: SingleCase, index: number) {
    if (this.flags.by === 'cost') {
      const cost = await single.cost(costLaunches);
      if (cost !== null) this.#costs.set(index, cost);
      return { value: cost, text: cost === null ? 'no launch has a cost' : formatNs(cost) };
    }
    const counted = await single.count();
    this.#counted.set(index, counted);
    const { low, high } = counted.per_call;
    return {
      value: counted.reason === null ? (low + high) / 2 : null,
      text: instructionsText(counted, runtimes[this.runtime].title),
    };
  }

  async #open(version: string): Promise<SingleCase> {
    const single = await openSingle({
      ...unnarrowed,
      runtimes: [`${this.runtime}@${version}`],
      lanes: [`${this.runtime}.${this.flags.lane}`],
      tasks: [this.task],
    }, {
      checkout: root,
      version: toolVersion(),
      seed: 1,
      command: [],
      abort: this.abort,
    });
    const removed = keepRoom(this.runtime, version);
    if (removed.length > 0) {
      process.stderr.write(`removed ${removed.join(', ')} to make room\n`);
    }
    return single;
  }

  #say(version: string, text: string): void {
    process.stderr.write(`${this.runtime} ${version.padEnd(9)} ${text}\n`);
  }

  /** What the search came upon, in a sentence. */
  conclusion(found: Bisected | null): string {
    const last = this.releases.length - 1;
    if (found === null) {
      const ends = [this.releases[0]!, this.releases[last]!].map((one) => `${this.runtime} ${one}`);
      if (this.#valueOf(0) === null || this.#valueOf(last) === null) {
        throw new RunError(
          exitCodes.nothingToRun,
          `${ends.join(' and ')} must both run ${this.task} by ${this.flags.lane}.`,
        );
      }
      return `${this.#case}: ${ends.join(' and ')} are alike.`;
    }
    const { before, after, between } = found;
    const name = `${this.runtime} ${this.releases[after.index]}`;
    const unknown = between.length === 0
      ? ''
      : ` (or one of ${
        between.map((index) => this.releases[index]).join(', ')
      }, which do not run it)`;
    return `${name}${unknown}: ${this.#case} ${this.#change(before.index, after.index)}`;
  }

  #valueOf(index: number): number | null {
    const counted = this.#counted.get(index);
    if (counted !== undefined) return counted.reason === null ? counted.per_call.low : null;
    return this.#costs.get(index) ?? null;
  }

  #change(before: number, after: number): string {
    if (this.flags.by === 'cost') {
      return `${formatNs(this.#costs.get(before)!)} → ${formatNs(this.#costs.get(after)!)}`;
    }
    const title = runtimes[this.runtime].title;
    const [old, fresh] = [this.#counted.get(before)!, this.#counted.get(after)!];
    return instructionChangeText(instructionChange(old, fresh)!, title);
  }
}
