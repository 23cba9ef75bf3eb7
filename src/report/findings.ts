/**
 * What a document concludes beyond its table, before it is drawn: each section as sentences under
 * titles, or as a table of texts. Terminal and markdown draw the same.
 */
import type { Document } from '../results/schema.ts';
import { questions } from '../results/questions.ts';
import type { CostModel, Price } from '../results/schema_findings.ts';
import { breakEvenSentence } from './conclusions.ts';
import { foreignSentences } from './crossing.ts';
import { formatNs, formatPercent } from './format.ts';

/** Sentences that stand under one title; without a title where there is but one group. */
export interface Sentences {
  readonly title: string;
  readonly sentences: readonly string[];
}

/** A table: the first column names, the others are figures. */
export interface Grid {
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** A section, ready to be drawn. Empty where the document has nothing for it. */
export interface Finding {
  readonly title: string;
  /** What the figures mean, in a sentence. */
  readonly says: string;
  readonly groups: readonly Sentences[];
  readonly grids: readonly Grid[];
}

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
  'answers': (document) => ({
    title: 'Answers',
    says:
      'One sentence per question and runtime, computed from the figures of this run, below what ' +
      'was found for compiled extensions of Python (2021).',
    groups: groupsOf(
      document.derived.answers,
      ({ question }) =>
        `${question} ${questions[question].asks} Python found: ${questions[question].found}.`,
      ({ sentence }) => sentence,
    ),
    grids: [],
  }),
  'break-even': (document) => ({
    title: 'When going native pays',
    says:
      'Sizes from which a native lane is faster than plain JavaScript on the same binary, with ' +
      'the band in which the two cannot be told apart.',
    groups: groupsOf(document.derived.break_even, () => '', breakEvenSentence),
    grids: [],
  }),
  'cost-models': (document) => ({
    title: 'Cost models',
    says: 'Fixed cost plus cost per unit, by Theil and Sen over all launches of a sweep. "Fits ' +
      'within": half of the launches lie this near to the line.',
    groups: [],
    grids: gridOf(
      ['task', 'arm', 'fixed', 'per unit', '95 % interval', 'unit', 'fits within'],
      document.derived.cost_models.map(modelCells),
    ),
  }),
  'prices': (document) => ({
    title: 'Price list',
    says:
      'What a case adds to an empty call in the same arm, "about nothing" where the interval of ' +
      'that holds zero; the cost of the call itself stands in the table.',
    groups: [],
    grids: priceGrids(document.derived.prices),
  }),
  'recommendations': (document) => ({
    title: 'Recommendations',
    says: 'For each job that the catalogue does in several ways, the fastest on each runtime.',
    groups: groupsOf(
      document.derived.recommendations,
      ({ job }) => `To ${job}`,
      ({ sentence }) => sentence,
    ),
    grids: [],
  }),
} as const satisfies Record<string, (document: Document) => Finding>;

/** Name of such a section. */
export type FindingName = keyof typeof findings;

/** Whether there is nothing in a section. */
export function isEmpty({ groups, grids }: Finding): boolean {
  return groups.length === 0 && grids.length === 0;
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
  const { task, variant, arm, fixed_ns, per_unit_ns, size_param, fit_error } = model;
  const { per_unit_low_ns: low, per_unit_high_ns: high } = model;
  return [
    variant === '' ? task : `${task} (${variant})`,
    arm,
    signedNs(fixed_ns),
    smallNs(per_unit_ns),
    low === null || high === null ? '' : `${smallNs(low)} to ${smallNs(high)}`,
    size_param,
    formatPercent(fit_error),
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
      ...some.map((label) => priceText(own.find(({ arm }) => arm === label))),
    ]).filter((cells) => cells.slice(1).some((cell) => cell !== '')),
  }));
}

function priceText(price: Price | undefined): string {
  if (!price) return '';
  const { value, low, high } = price.adds_ns;
  if (low !== null && high !== null && low < 0 && high > 0) return 'about nothing';
  return `${value < 0 ? '' : '+'}${signedNs(value)}`;
}

/** A time that may be below zero. */
function signedNs(ns: number): string {
  return ns < 0 ? `-${formatNs(-ns)}` : formatNs(ns);
}

/** A time per unit, which may be far below what a clock shows: three digits that count. */
function smallNs(ns: number): string {
  return Math.abs(ns) < 1 ? `${ns.toPrecision(3)} ns` : signedNs(ns);
}
