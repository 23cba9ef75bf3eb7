/**
 * The article's experiments as a table, the article's own figures first, and as sentences: in each
 * language by which factor its ways differ.
 */
import {
  type ArticleCell,
  type ArticleFacts,
  articleFacts,
  type Column,
  type Experiment,
} from '../../analysis/article.ts';
import type { Document } from '../../results/schema.ts';
import type { Estimate } from '../../results/schema_derived.ts';
import { runtimeTitle } from './arms.ts';
import type { Finding, Sentences } from './finding.ts';
import { formatNs, formatPercent, formatRatio } from './numbers.ts';
import { questions } from './questions.ts';

/** What each experiment is, in a table. */
const names: Readonly<Record<string, string>> = {
  nothing_interpreted: 'nothing, in the language',
  nothing_compiled: 'nothing, compiled',
  list_built_in: 'list of 1,000,000, in the language',
  list_compiled: 'list of 1,000,000, compiled',
  range_in_arrays: 'array of 1,000,000 in shared memory',
  data_kept: 'data that stays native',
  range_loop: 'range of 1,000,000 in a loop',
  range_clang: 'the same source by clang',
  range_rust: 'the same source by rustc',
  folded_short: 'folded, n = 100',
  folded_long: 'folded, n = 100,000,000',
  formula: 'closed form, in the language',
};

/** How an answer compares two experiments: one way against another. */
interface Comparison {
  readonly question: keyof typeof questions;
  readonly one: string;
  readonly other: string;
  readonly oneIs: string;
  readonly otherIs: string;
}

const comparisons: readonly Comparison[] = [
  {
    question: 'Q1',
    one: 'nothing_compiled',
    other: 'nothing_interpreted',
    oneIs: 'a compiled function that does nothing',
    otherIs: 'one in the language itself',
  },
  {
    question: 'Q2',
    one: 'list_compiled',
    other: 'list_built_in',
    oneIs: 'compiled code that sums a list of 1,000,000 numbers',
    otherIs: 'the language itself',
  },
  {
    question: 'Q3',
    one: 'data_kept',
    other: 'list_built_in',
    oneIs: 'the sum of 1,000,000 numbers that stay in native memory',
    otherIs: 'a list in the language itself',
  },
  {
    question: 'Q4',
    one: 'range_loop',
    other: 'list_built_in',
    oneIs: 'a range of 1,000,000 in one call that takes every step',
    otherIs: 'the list in the language itself',
  },
  {
    question: 'Q5',
    one: 'range_rust',
    other: 'range_loop',
    oneIs: 'the range that the compiler folds',
    otherIs: 'the one that takes every step',
  },
  {
    question: 'Q6',
    one: 'folded_long',
    other: 'folded_short',
    oneIs: 'the folded sum of 100,000,000 numbers',
    otherIs: 'that of 100',
  },
  {
    question: 'Q7',
    one: 'formula',
    other: 'range_rust',
    oneIs: 'the closed form in the language itself',
    otherIs: 'the folded call',
  },
];

const missing = '–';

/** The section; empty where the run has no lane of CPython. */
export function articleFinding(document: Document): Finding {
  const facts = articleFacts(document);
  return {
    title: 'The article, measured again',
    says:
      'Each experiment of the article with the figure found there (CPython, one machine, 2021), ' +
      'then CPython and the runtimes of this machine. A figure carries the interval of its ' +
      'median; the case behind each stands in docs/python.md.',
    groups: facts === null ? [] : groupsOf(facts),
    grids: facts === null ? [] : [{
      head: ['experiment', 'article', ...facts.columns.map(({ arm }) => runtimeTitle(arm))],
      rows: facts.rows.map(({ experiment, cells }) => [
        names[experiment.id]!,
        foundText(experiment),
        ...cells.map(cellText),
      ]),
    }],
  };
}

function foundText({ question, found }: Experiment): string {
  const ns = found === null ? null : questions[question].figures[found];
  return typeof ns === 'number' ? formatNs(ns) : missing;
}

function cellText({ cost, isFolded }: ArticleCell): string {
  if (isFolded) return 'optimised away';
  if (cost === null) return missing;
  const { value, low, high } = cost;
  if (low === null || high === null || value === 0) return formatNs(value);
  return `${formatNs(value)} ±${formatPercent((high - low) / 2 / value)}`;
}

function groupsOf(facts: ArticleFacts): Sentences[] {
  return comparisons.map((comparison) => ({
    title: `${comparison.question} ${questions[comparison.question].asks}`,
    sentences: facts.columns.flatMap((column, at) => sentenceOf(facts, comparison, column, at)),
  })).filter(({ sentences }) => sentences.length > 0);
}

function sentenceOf(
  { rows }: ArticleFacts,
  { one, other, oneIs, otherIs }: Comparison,
  { arm }: Column,
  at: number,
): string[] {
  const cellOf = (id: string) => rows.find(({ experiment }) => experiment.id === id)!.cells[at]!;
  const [a, b] = [cellOf(one), cellOf(other)];
  if (a.cost === null) return [];
  const start = `On ${runtimeTitle(arm)} ${oneIs} takes ${formatNs(a.cost.value)}`;
  if (b.isFolded) return [`${start}; ${otherIs} is optimised away.`];
  if (b.cost === null) return [];
  return [`${start}, ${otherIs} ${formatNs(b.cost.value)}: ${ratioText(a.cost, b.cost)}.`];
}

/** The factor between two costs of different cases; their intervals say whether it is one. */
function ratioText(one: Estimate, other: Estimate): string {
  const [low, high] = [rangeOf(one), rangeOf(other)];
  if (low.to >= high.from && high.to >= low.from) return 'not told apart';
  if (formatRatio(one.value / other.value) === '1.00') return 'as much';
  return one.value < other.value
    ? `${formatRatio(other.value / one.value)} times less`
    : `${formatRatio(one.value / other.value)} times more`;
}

function rangeOf({ low, high, min, max }: Estimate): { from: number; to: number } {
  return { from: low ?? min, to: high ?? max };
}
