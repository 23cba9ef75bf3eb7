/**
 * What changed between two arms of one run: the library or the runtime before a change and after
 * it, measured in the same rounds. Instructions decide, which another machine repeats; time is
 * told.
 *
 *     npm run self -- bench/two_arms.ts FILE BEFORE AFTER [--fail-over 2%]
 *
 * BEFORE and AFTER are labels, of `--library BEFORE=… --library AFTER=…` or of `--runtime BEFORE=…
 * --runtime AFTER=…`. Prints GitHub markdown; exit code 1 where a call takes more instructions than
 * the limit allows, 3 where the run holds no such two arms.
 */
import process from 'node:process';
import { parseArgs } from 'node:util';
import { openDocument } from '../src/analysis/open.ts';
import { parseLimit } from '../src/cli/compare.ts';
import { formatPercent, formatRatio } from '../src/report/words/numbers.ts';
import type { Document } from '../src/results/schema.ts';

/** One case in both arms. */
export interface ArmChange {
  readonly case: string;
  /** The lane's label without that of the arm. */
  readonly lane: string;
  /** Instructions per call after over before; null where they were not counted in both. */
  readonly instructions: number | null;
  /** Time after over before; null where it was not measured in both. */
  readonly time: number | null;
  readonly isResolved: boolean;
}

/** Every case of the two arms. An arm is `RUNTIME.MECHANISM.LIBRARY`, or without the last. */
export function armChanges(document: Document, before: string, after: string): ArmChange[] {
  const labels = document.arms.map(({ label }) => label);
  const twinOf = (label: string) => {
    const words = label.split('.').map((word) => word === before ? after : word);
    return labels.find((one) => one === words.join('.'));
  };
  return document.cases.filter(({ arm }) => arm.split('.').includes(before)).flatMap((old) => {
    const twin = twinOf(old.arm);
    const fresh = document.cases.find((one) => one.case === old.case && one.arm === twin);
    if (fresh === undefined) return [];
    const lane = old.arm.split('.').filter((word) => word !== before).join('.');
    const instructions = ratioOfInstructions(old, fresh);
    return [{ case: old.case, lane, instructions, ...timeChange(document, old, fresh) }];
  });
}

type Case = Document['cases'][number];

function ratioOfInstructions(old: Case, fresh: Case): number | null {
  const [from, to] = [old, fresh].map(({ instructions }) =>
    instructions === null ? null : (instructions.per_call.low + instructions.per_call.high) / 2
  );
  return from && to ? to / from : null;
}

function timeChange({ derived }: Document, old: Case, fresh: Case) {
  const costOf = ({ case: name, arm }: Case) =>
    derived.cases.find((one) => one.case === name && one.arm === arm)?.cost_ns?.value ?? null;
  const pair = derived.pairs.find((one) =>
    one.case === old.case && one.arm === fresh.arm && one.base === old.arm
  );
  if (pair !== undefined) {
    const { ratio: { value }, verdict } = pair;
    return { time: value, isResolved: verdict === 'faster' || verdict === 'slower' };
  }
  const [from, to] = [costOf(old), costOf(fresh)];
  return { time: from && to ? to / from : null, isResolved: false };
}

/** Those that take more instructions than the limit allows, as a share. */
export function overLimit(changes: readonly ArmChange[], limit: number): ArmChange[] {
  return changes.filter(({ instructions }) => instructions !== null && instructions > 1 + limit);
}

/** All changes as a table of GitHub markdown. */
export function changesTable(changes: readonly ArmChange[]): string {
  const shown = (ratio: number | null) => ratio === null ? '–' : `×${formatRatio(ratio)}`;
  return [
    '| case | lane | instructions | time | time is resolved |',
    '| --- | --- | ---: | ---: | --- |',
    ...changes.map(({ case: name, lane, instructions, time, isResolved }) =>
      `| ${name} | ${lane} | ${shown(instructions)} | ${shown(time)} | ${
        isResolved ? 'yes' : 'no'
      } |`
    ),
    '',
  ].join('\n');
}

const exitCode = { good: 0, over: 1, usage: 2, nothing: 3 } as const;

function main(argv: string[]): number {
  const { values, positionals } = parseArgs({
    args: argv,
    options: { 'fail-over': { type: 'string', default: '2%' } },
    allowPositionals: true,
  });
  const [file, before, after] = positionals;
  if (file === undefined || before === undefined || after === undefined) {
    process.stderr.write('usage: bench/two_arms.ts FILE BEFORE AFTER [--fail-over 2%]\n');
    return exitCode.usage;
  }
  const limit = parseLimit(values['fail-over']);
  const changes = armChanges(openDocument(file), before, after);
  if (changes.length === 0) {
    process.stderr.write(`${file} holds no arms "${before}" and "${after}" of one lane.\n`);
    return exitCode.nothing;
  }
  process.stdout.write(changesTable(changes));
  const over = overLimit(changes, limit);
  for (const { case: name, lane, instructions } of over) {
    process.stdout.write(
      `\n${name} in ${lane} takes ${
        formatPercent(instructions! - 1)
      } more instructions, over the ` +
        `limit of ${formatPercent(limit)}.\n`,
    );
  }
  return over.length > 0 ? exitCode.over : exitCode.good;
}

if (import.meta.main) process.exitCode = main(process.argv.slice(2));
