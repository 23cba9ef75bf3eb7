/** The flags that several commands share, and how their values are read. */
import type { Command } from 'commander';
import { InvalidArgumentError } from 'commander';
import { type ProfileName, profiles } from '../catalogue/profiles.ts';
import type { Selection } from '../planning/select.ts';

/** What the selection flags leave behind. */
export interface SelectionFlags {
  quick?: boolean;
  publish?: boolean;
  all?: boolean;
  article?: boolean;
  runtime: string[];
  lane: string[];
  task: string[];
  size: number[];
  library: string[];
  checkout: string[];
  launches?: number;
  precision?: number;
  time?: number;
  instructions: boolean;
  seed?: number;
}

const collect = (value: string, before: string[]) => [...before, ...value.split(',')];

/** Help of `--precision`, which more than one command takes. */
export const precisionHelp = 'go on until every cost is known this well, as 1%; it ends after ' +
  '100 launches of a case, or --launches';

/** Adds the flags that say what is measured. */
export function addSelection(command: Command): Command {
  return command
    .option('--quick', 'six cases, three launches each, no verdicts (under a minute)')
    .option('--publish', profiles.publish.says)
    .option('--article', profiles.article.says)
    .option('--all', 'the whole catalogue')
    .option(
      '--runtime <[LABEL=]RUNTIME[@VERSION|@PATH]>',
      'deno, bun, node or cpython; repeatable; naming any replaces the default set',
      (value: string, before: string[]) => [...before, value],
      [],
    )
    .option('--lane <LANE>', 'a lane (bun.ffi) or a mechanism (ffi); repeatable', collect, [])
    .option(
      '--task <TASK>',
      'a family (call), a task (call.noop) or a case (call.i32_args[2]); repeatable',
      (value: string, before: string[]) => [...before, value],
      [],
    )
    .option(
      '--size <N>',
      "the size of swept tasks, in place of the catalogue's; repeatable, 4K and 1M work",
      (value: string, before: number[]) => [...before, ...value.split(',').map(parseSize)],
      [] as number[],
    )
    .option(
      '--library <[LABEL=]PATH>',
      'another build of the library; repeatable: each is an arm of its own',
      (value: string, before: string[]) => [...before, value],
      [],
    )
    .option(
      '--checkout <LABEL=PATH>',
      'another checkout of ffi-bench: its workers and its library are an arm; repeatable',
      (value: string, before: string[]) => [...before, value],
      [],
    )
    .option('--launches <N>', 'launches of every case', parseCount)
    .option('--precision <SHARE>', precisionHelp, parseShare)
    .option('--time <DURATION>', 'launch for this long at the most, as 90s or 10m', parseDuration)
    .option('--no-instructions', 'leave out the launches that count instructions')
    .option('--seed <N>', 'seed of the order of launches', parseCount);
}

/** The flags as a selection. */
export function readSelection(flags: SelectionFlags): Selection {
  const profile: ProfileName = flags.quick
    ? 'quick'
    : flags.publish
    ? 'publish'
    : flags.article
    ? 'article'
    : flags.all
    ? 'all'
    : 'default';
  return {
    profile,
    runtimes: flags.runtime,
    lanes: flags.lane,
    tasks: flags.task,
    sizes: flags.size,
    libraries: flags.library,
    checkouts: flags.checkout,
    launches: flags.launches ?? null,
    precision: flags.precision ?? null,
    timeMs: flags.time ?? null,
    instructions: flags.instructions,
  };
}

/** A whole number from 1. */
export function parseCount(text: string): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= 1 && value <= 2 ** 32) return value;
  throw new InvalidArgumentError(`"${text}" is not a whole number from 1.`);
}

/** A size such as 512, 4K or 1M (powers of 1024). */
export function parseSize(text: string): number {
  const [, digits, unit] = /^(\d+)([KM]?)$/i.exec(text) ?? [];
  if (digits === undefined) {
    throw new InvalidArgumentError(`"${text}" is no size; 512, 4K, 1M are.`);
  }
  const value = Number(digits) * { '': 1, K: 1024, M: 1048576 }[unit!.toUpperCase()]!;
  if (value <= 2 ** 28) return value;
  throw new InvalidArgumentError(`"${text}" is over the largest size, 256M.`);
}

/** A share such as 1% or 0.01, as a number between 0 and 1. */
export function parseShare(text: string): number {
  const [, digits, percent] = /^(\d+(?:\.\d+)?)(%?)$/.exec(text) ?? [];
  const value = Number(digits) / (percent === '%' ? 100 : 1);
  if (digits !== undefined && value > 0 && value < 1) return value;
  throw new InvalidArgumentError(`"${text}" is no share between 0 and 1; 1% is.`);
}

/** A duration such as 90s, 10m or 2h, in ms. */
export function parseDuration(text: string): number {
  const [, digits, unit] = /^(\d+(?:\.\d+)?)(ms|s|m|h)$/.exec(text) ?? [];
  if (digits === undefined) {
    throw new InvalidArgumentError(`"${text}" is no duration; 90s, 10m and 2h are.`);
  }
  return Number(digits) * { ms: 1, s: 1000, m: 60_000, h: 3_600_000 }[unit as 'ms']!;
}
