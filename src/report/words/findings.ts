/**
 * What a document concludes beyond its table, before it is drawn: each section as sentences under
 * titles, or as a table of texts. Terminal and markdown draw the same.
 */
import type { Document } from '../../results/schema.ts';
import { questions } from './questions.ts';
import type { CostModel, Price } from '../../results/schema_conclusions.ts';
import type { Finding, Grid, Sentences } from './finding.ts';
import { answerSentence } from './answers.ts';
import { articleFinding } from './article.ts';
import { foreignSentences } from './foreign.ts';
import { instructionsFinding } from './instructions_finding.ts';
import { formatPercent } from './numbers.ts';
import { pricesLegend, priceText } from './prices.ts';
import { jobText, recommendationSentence } from './recommendations.ts';
import { breakEvenSentence, exponentText, modelsLegend, smallNs } from './sweeps.ts';

/** Arms that stand beside each other in one price list; more are drawn below. */
const armsBeside = 4;

/** The sections that are found beyond the table, by the name that people give. */
export const findings = {
  'foreign': (document) => ({
    title: 'Functions of other libraries',
    says: 'What "call" measured, beside the same signature doing nothing and beside call.noop.',
    groups: foreignSentences(document),
    grids: [],
  }),
  'article': articleFinding,
  'answers': (document) => ({
    title: 'Answers',
    says:
      'One sentence per question and runtime, computed from the figures of this run, below what ' +
      'was found for compiled extensions of Python (2021).',
    groups: groupsOf(
      document.derived.answers,
      ({ question }) =>
        `${question} ${questions[question].asks} Python found: ${questions[question].found}.`,
      (answer) => answerSentence(answer, document.arms),
    ),
    grids: [],
  }),
  'break-even': (document) => ({
    title: 'When going native pays',
    says:
      'At which sizes a native lane is faster than plain JavaScript on the same binary, by the ' +
      'verdicts at the sizes that were measured.',
    groups: groupsOf(document.derived.break_even, () => '', breakEvenSentence),
    grids: [],
  }),
  'cost-models': (document) => ({
    title: 'Cost models',
    says: modelsLegend,
    groups: [],
    grids: gridOf(
      ['task', 'arm', 'fixed', 'per unit', 'unit', 'off by', 'power'],
      document.derived.cost_models.map(modelCells),
    ),
  }),
  'prices': (document) => ({
    title: 'Price list',
    says:
      'What a case adds to an empty call in the same arm; the cost of the call itself stands in ' +
      `the table. ${pricesLegend}`,
    groups: [],
    grids: priceGrids(document.derived.prices),
  }),
  'instructions': instructionsFinding,
  'recommendations': (document) => ({
    title: 'Recommendations',
    says: 'For each job that the catalogue does in several ways, the cheapest on each runtime ' +
      'among the ways that give the C side the same.',
    groups: groupsOf(
      document.derived.recommendations,
      (found) => `To ${jobText(found)}`,
      recommendationSentence,
    ),
    grids: [],
  }),
} as const satisfies Record<string, (document: Document) => Finding>;

/** Name of such a section. */
export type FindingName = keyof typeof findings;

/** What is said where a document has nothing for the sections that were asked for. */
export function nothingFound({ id }: Document, names: readonly string[]): string {
  return `The run ${id} measured nothing that "${names.join('", "')}" needs.`;
}

function groupsOf<T>(
  items: readonly T[],
  titleOf: (item: T) => string,
  sentenceOf: (item: T) => string,
): Sentences[] {
  return [...Map.groupBy(items, titleOf)]
    .map(([title, members]) => ({ title, sentences: members.map(sentenceOf) }));
}

function gridOf(head: readonly string[], rows: readonly (readonly string[])[]): Grid[] {
  return rows.length === 0 ? [] : [{ head, rows }];
}

function modelCells(model: CostModel): string[] {
  const { task, variant, arm, fixed_ns: fixed, per_unit_ns: each, size_param, off_by } = model;
  return [
    variant === '' ? task : `${task} (${variant})`,
    arm,
    fixed === null ? '' : smallNs(fixed),
    each === null ? '' : smallNs(each),
    size_param,
    formatPercent(off_by),
    exponentText(model),
  ];
}

function priceGrids(prices: readonly Price[]): Grid[] {
  const arms = [...new Set(prices.map(({ arm }) => arm))];
  const byCase = Map.groupBy(prices, (price) => price.case);
  const stretches = Array.from(
    { length: Math.ceil(arms.length / armsBeside) },
    (_, index) => arms.slice(index * armsBeside, (index + 1) * armsBeside),
  );
  return stretches.map((some) => ({
    head: ['adds to an empty call', ...some],
    rows: [...byCase].map(([name, own]) => [
      name,
      ...some.map((label) => {
        const price = own.find(({ arm }) => arm === label);
        return price ? priceText(price) : '';
      }),
    ]).filter((cells) => cells.slice(1).some((cell) => cell !== '')),
  }));
}
