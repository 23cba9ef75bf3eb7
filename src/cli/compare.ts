/** `ffi-bench compare`: two documents case by case, and a limit for continuous integration. */
import { Command, InvalidArgumentError, Option } from 'commander';
import process from 'node:process';
import { renderComparison, renderComparisonMarkdown } from '../report/changes.ts';
import { plainText } from '../report/plain_text.ts';
import { escapeMarkdown } from '../report/markdown.ts';
import { moreInstructionsSentence, regressionSentence } from '../report/words/changes.ts';
import {
  type CaseName,
  type Comparison,
  instructionsOver,
  regressionsOver,
} from '../analysis/comparison.ts';
import { compareMembers, type MembersCompared } from '../analysis/member_comparison.ts';
import { openResult } from '../analysis/open.ts';
import { exitCodes, RunError } from '../usage/errors.ts';
import { screen } from './screen.ts';

interface CompareFlags {
  markdown?: boolean;
  json?: boolean;
  failOver: Limits;
  otherLibrary?: boolean;
}

/** Name and version of what `--json` prints. */
const comparisonSchema = 'ffi-bench-comparison/v2';

const help = `
Every case that both runs measured is compared with itself: the change of its
cost with a 95 % interval, and a verdict. A verdict is given only where the
launches differ and the change is over the noise floor: that of the A/A arms of
both runs, and that of cases whose binaries are the same. A case whose machine,
library or method differs is listed as not comparable, with the reason. Merged
documents are compared machine by machine.

Examples:
  ffi-bench compare before.json after.json
  ffi-bench compare before.json after.json --fail-over 5%
        exit code 1 if a case became slower beyond doubt and by more than 5 %
  ffi-bench compare before.json after.json --fail-over instructions:1%
        the same by instructions, which repeat on any machine
  ffi-bench compare main.json branch.json --markdown
        for the summary of a workflow

Runs at different times differ by more than runs side by side. To hunt a
regression of a runtime, measure both versions in one run:
  ffi-bench run --runtime old=deno@2.8.0 --runtime deno`;

/** The command. */
export function compareCommand(setExit: (code: number) => void): Command {
  return new Command('compare')
    .description('Compare two result documents: what became faster or slower, and how certainly.')
    .argument('<OLD>', 'the document to compare with')
    .argument('<NEW>', 'the document that is asked about')
    .addOption(new Option('--markdown', 'print GitHub markdown').conflicts('json'))
    .option('--json', `print JSON ("${comparisonSchema}")`)
    .option(
      '--fail-over <LIMIT>',
      'exit 1 where a case is slower beyond doubt and by more than this, as 5%, or executes more ' +
        'instructions than this, as instructions:1%; repeatable',
      parseLimits,
      {} as Limits,
    )
    .option(
      '--other-library',
      'compare across builds of the library too: the change may be of its kernels',
    )
    .addHelpText('after', help)
    .action((old: string, fresh: string, flags: CompareFlags) =>
      setExit(compare(old, fresh, flags))
    );
}

/** What a comparison may not go over, as shares; absent where it may be anything. */
export interface Limits {
  readonly cost?: number;
  readonly instructions?: number;
}

/** One more limit: `5%` and `cost:5%` are of costs, `instructions:1%` of instructions. */
export function parseLimits(text: string, before: Limits = {}): Limits {
  const [, figure = 'cost', limit] = /^(?:(cost|instructions):)?(.*)$/.exec(text) ?? [];
  return { ...before, [figure]: parseLimit(limit!) };
}

/** A limit such as 5% or 0%, as a share. */
export function parseLimit(text: string): number {
  const [, digits] = /^(\d+(?:\.\d+)?)%$/.exec(text) ?? [];
  if (digits !== undefined && Number(digits) <= 1000) return Number(digits) / 100;
  throw new InvalidArgumentError(`"${text}" is no limit; 5% is.`);
}

function compare(oldFile: string, newFile: string, flags: CompareFlags): number {
  const compared = compareMembers(openResult(oldFile), openResult(newFile), {
    otherLibrary: flags.otherLibrary === true,
  });
  const { cost, instructions } = flags.failOver;
  process.stdout.write(render(compared, flags));
  if (!compared.comparisons.some(({ comparison }) => isComparable(comparison))) {
    throw new RunError(
      exitCodes.nothingToRun,
      `No case of ${oldFile} and ${newFile} can be compared; what is printed says why.`,
    );
  }
  const all = compared.comparisons.map(({ comparison }) => comparison);
  const slower = cost === undefined ? [] : all.flatMap((one) => regressionsOver(one, cost));
  const more = instructions === undefined
    ? []
    : all.flatMap((one) => instructionsOver(one, instructions));
  const sentences = [
    ...(slower.length > 0 ? [regressionSentence(slower, cost!)] : []),
    ...(more.length > 0 ? [moreInstructionsSentence(more, instructions!)] : []),
  ];
  for (const sentence of sentences) process.stderr.write(`ffi-bench: ${sentence}\n`);
  return sentences.length > 0 ? exitCodes.caseFailed : exitCodes.good;
}

function isComparable({ changes, counted }: Comparison): boolean {
  return changes.length + counted.length > 0;
}

function render(compared: MembersCompared, flags: CompareFlags): string {
  if (flags.json) return renderJson(compared, flags.failOver);
  const { comparisons, only_old, only_new } = compared;
  const isAlone = comparisons.length === 1 && only_old.length + only_new.length === 0;
  const parts = comparisons.map(({ label, comparison }) => {
    const text = flags.markdown
      ? renderComparisonMarkdown(comparison)
      : renderComparison(comparison, screen());
    if (isAlone) return text;
    return flags.markdown
      ? `## ${escapeMarkdown(label)}\n\n${text}`
      : `${plainText(label)}\n${text}`;
  });
  const alone = [
    ...only_old.map((label) => `Only in the old document: ${label}.`),
    ...only_new.map((label) => `Only in the new document: ${label}.`),
  ].map((line) => flags.markdown ? `- ${escapeMarkdown(line)}` : plainText(line));
  return [...parts, ...alone.map((line) => `${line}\n`)].join(parts.length > 1 ? '\n' : '');
}

function renderJson({ comparisons, only_old, only_new }: MembersCompared, limits: Limits) {
  const { cost, instructions } = limits;
  const named = ({ case: name, arm }: CaseName) => ({ case: name, arm });
  const value = {
    schema: comparisonSchema,
    fail_over: { cost: cost ?? null, instructions: instructions ?? null },
    comparisons: comparisons.map(({ label, comparison }) => ({
      label,
      ...comparison,
      regressions: cost === undefined ? [] : regressionsOver(comparison, cost).map(named),
      more_instructions: instructions === undefined
        ? []
        : instructionsOver(comparison, instructions).map(named),
    })),
    only_old,
    only_new,
  };
  return `${JSON.stringify(value, null, 2)}\n`;
}
