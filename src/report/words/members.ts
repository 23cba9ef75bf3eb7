/** What the members of a merged document answer, beside each other, and where they disagree. */
import {
  areOpposite,
  type Beside,
  bestDiffers,
  breakEvenDiffers,
  type Opposite,
} from '../../analysis/members.ts';
import type { Member } from '../../analysis/open.ts';
import { newestOfEach, type Summary } from '../../analysis/summary.ts';
import { plainText } from '../plain_text.ts';
import { countOf, enumerated, runtimeName, variantText } from './arms.ts';
import { formatCount, formatNs, formatRatio } from './numbers.ts';
import { jobName } from './recommendations.ts';
import { calledName, payText, shownJob, shownJobs, shownSweeps, wayLabel } from './summary.ts';
import { disagreementSentence } from './merged.ts';
import { disagreementsOf } from '../../results/merge.ts';

/** One question, with what each member answers. */
export interface AnswerRow {
  readonly title: string;
  /** In the order of the members; empty where one has no answer. */
  readonly cells: readonly string[];
  /** Whether two members are certain of opposite answers. */
  readonly differs: boolean;
}

/** Short names of members: letters, or numbers of more than there are letters. */
export function memberNames({ length }: readonly unknown[]): string[] {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
  return Array.from({ length }, (_, index) => length > 26 ? String(index + 1) : letters[index]!);
}

/** `The 2 runs contradict each other in 4 of 148 certain comparisons.` */
export function membersHeadline({ summaries, compared, opposites }: Beside): string {
  const runs = `The ${countOf(summaries.length, 'runs')}`;
  if (compared === 0) return `${runs} have no comparison in common that is certain.`;
  const all = compared === 1 ? 'the one' : `all ${formatCount(compared)}`;
  const comparisons = compared === 1 ? 'comparison' : 'comparisons';
  return opposites.length === 0
    ? `${runs} agree in ${all} certain ${comparisons}.`
    : `${runs} contradict each other in ${formatCount(opposites.length)} of ${
      formatCount(compared)
    } certain ${comparisons}.`;
}

/** `A  AMD EPYC linux x64`, with what a case takes beside the first. */
export function memberLines(members: readonly Member[], { times }: Beside): string[] {
  const names = memberNames(members);
  return members.map(({ label }, index) => {
    const ratio = times[index] ?? null;
    const beside = ratio === null ? '' : `: ×${formatRatio(ratio)} the time of ${names[0]}`;
    return `${names[index]}  ${plainText(label)}${beside}`;
  });
}

/** Conditions that should be the same and are not. */
export function conditionLines(members: readonly Member[]): string[] {
  return disagreementsOf(members.map(({ document }) => document))
    .map((found) => plainText(disagreementSentence(found, memberNames(members))));
}

/** `buffer.sum[256]: deno.ffi over deno.plain is ×0.50 on A, ×1.30 on B`. */
export function oppositeText({ case: name, arm, base, pairs }: Opposite): string {
  const names = memberNames(pairs);
  const parts = pairs.flatMap((pair, index) =>
    pair?.verdict === 'faster' || pair?.verdict === 'slower'
      ? [`×${formatRatio(pair.ratio.value)} on ${names[index]}`]
      : []
  );
  return `${plainText(name)}: ${plainText(arm)} over ${plainText(base)} is ${enumerated(parts)}`;
}

/** What every member answers to the questions of the block; what they disagree on stands first. */
export function answerRows(members: readonly Member[], { summaries }: Beside): AnswerRow[] {
  return [
    ...functionRows(summaries),
    ...crossingRows(summaries),
    ...comparisonRows(members, summaries),
    ...jobRows(summaries),
    ...payRows(members, summaries),
  ].toSorted((a, b) => Number(b.differs) - Number(a.differs));
}

/** Names that any of the lists holds, in the order in which they are found. */
function namesIn<T>(lists: readonly (readonly T[])[], nameOf: (item: T) => string): string[] {
  return [...new Set(lists.flatMap((list) => list.map(nameOf)))];
}

/** The functions that "call" measured, lane by lane. */
function functionRows(summaries: readonly Summary[]): AnswerRow[] {
  const lists = summaries.map(({ functions }) =>
    functions.flatMap(({ name, costs }) =>
      costs.map(({ arm, cost }) => ({ title: `${calledName(name)}, ${arm.label}`, cost }))
    )
  );
  return namesIn(lists, ({ title }) => title).map((title) => ({
    title,
    cells: lists.map((list) => {
      const found = list.find((item) => item.title === title);
      return found ? formatNs(found.cost.value) : '';
    }),
    differs: false,
  }));
}

function crossingRows(summaries: readonly Summary[]): AnswerRow[] {
  const lists = summaries.map(({ crossings }) => newestOfEach(crossings));
  return namesIn(lists, ({ arm }) => arm.runtime).map((runtime) => ({
    title: `One call on ${runtimeName(runtime)}`,
    cells: lists.map((list) => {
      const found = list.find(({ arm }) => arm.runtime === runtime);
      return found ? formatNs(found.cost.value) : '';
    }),
    differs: false,
  }));
}

function comparisonRows(members: readonly Member[], summaries: readonly Summary[]): AnswerRow[] {
  const lists = summaries.map(({ comparisons }, index) =>
    comparisons.flatMap((pair) => {
      const runtimes = [pair.arm, pair.base].map((label) =>
        members[index]!.document.arms.find((arm) => arm.label === label)?.runtime ?? label
      );
      return runtimes[0] === runtimes[1]
        ? []
        : [{ title: runtimes.map(runtimeName).join(' against '), pair }];
    })
  );
  return namesIn(lists, ({ title }) => title).map((title) => {
    const pairs = lists.map((list) => list.find((item) => item.title === title)?.pair ?? null);
    return {
      title,
      cells: pairs.map((pair) =>
        pair === null
          ? ''
          : `×${formatRatio(pair.ratio.value)}, ${
            pair.verdict === 'faster' || pair.verdict === 'slower' ? 'certain' : 'not certain'
          }`
      ),
      differs: areOpposite(pairs),
    };
  });
}

/** Passing a short string, on every runtime; other jobs where the best way differs. */
function jobRows(summaries: readonly Summary[]): AnswerRow[] {
  return shownJobs.flatMap((wanted, place) => {
    const lists = summaries.map(({ jobs }) => shownJob(jobs, wanted));
    return namesIn(lists, ({ found }) => found.runtime).flatMap((runtime) => {
      const jobs = lists.map((list) => list.find(({ found }) => found.runtime === runtime) ?? null);
      const differs = bestDiffers(jobs);
      if (place > 0 && !differs) return [];
      const { found } = jobs.find((job) => job !== null)!;
      const size = variantText(found.variant);
      return [{
        title: `${jobName(found)}${size === '' ? '' : `, ${size}`}, ${runtimeName(runtime)}`,
        cells: jobs.map((job) =>
          job === null ? '' : `${wayLabel(job.ways[0]!.way)} ${formatNs(job.ways[0]!.way.cost_ns)}`
        ),
        differs,
      }];
    });
  });
}

/** From how many elements FFI pays, for a list; for other data where that differs. */
function payRows(members: readonly Member[], summaries: readonly Summary[]): AnswerRow[] {
  return shownSweeps.flatMap(({ task, title }, place) => {
    const lists = summaries.map(({ breakEvens }, index) =>
      breakEvens.filter((item) => item.task === task).map((item) => ({
        item,
        runtime: members[index]!.document.arms.find(({ label }) => label === item.arm)!.runtime,
      }))
    );
    return namesIn(lists, ({ runtime }) => runtime).flatMap((runtime) => {
      const found = lists.map((list) => list.find((own) => own.runtime === runtime)?.item ?? null);
      const differs = breakEvenDiffers(found);
      if (place > 0 && !differs) return [];
      return [{
        title: `FFI pays for ${title} on ${runtimeName(runtime)}, elements`,
        cells: found.map((item) => item === null ? '' : payText(item)),
        differs,
      }];
    });
  });
}
