/**
 * What a run concludes, in sentences: the answers to the questions of the suite, the sizes from
 * which going native pays, and what to do.
 */
import type { Document } from '../results/schema.ts';
import type { BreakEvenSize } from '../results/schema_findings.ts';
import { formatSize, plainText, wrap } from './format.ts';

/**
 * The conclusions of a document as lines of plain text under titles; empty where there are none.
 */
export function conclusionLines(document: Document, width = 100): string[] {
  const { answers, break_even: breakEvens, recommendations } = document.derived;
  return [
    ...titled('Answers', answers.map(({ question, sentence }) => `${question} ${sentence}`), width),
    ...titled('When going native pays', breakEvens.map(breakEvenSentence), width),
    ...titled('Recommendations', recommendations.map(({ sentence }) => sentence), width),
  ];
}

/**
 * The first lines of what a run concludes, for whoever has just made it: what a crossing costs,
 * then for each job what to do on each runtime, at most `most` sentences. Empty where there are
 * none.
 */
export function shortConclusionLines(document: Document, width = 100, most = 9): string[] {
  const { answers, recommendations } = document.derived;
  const jobs = Map.groupBy(
    recommendations,
    ({ job, runtime, version }) => JSON.stringify([job, runtime, version]),
  );
  const sentences = [
    ...answers.filter(({ question }) => question === 'Q1'),
    ...[...jobs.values()].map((sizes) => sizes[0]!),
  ].slice(0, most).map(({ sentence }) => sentence);
  return titled('In short', sentences, width);
}

/** One break-even as a sentence: from what size on which task pays in which arm. */
export function breakEvenSentence(found: BreakEvenSize): string {
  const { task, arm, base, size_param: unit, variant, smallest, largest } = found;
  const what = `${task}${variant === '' ? '' : ` (${variant})`} in ${arm}`;
  const sizes = `${formatSize(smallest)} to ${formatSize(largest)} ${unit}`;
  if (found.kind === 'always') return `${what} is faster than ${base} at all of ${sizes}.`;
  if (found.kind === 'never') return `${what} is slower than ${base} at all of ${sizes}.`;
  if (found.kind === 'not_resolved' || found.size === null) {
    return `${what} against ${base}: this run cannot tell over ${sizes}.`;
  }
  const low = found.low === null ? 'below' : formatSize(found.low);
  const high = found.high === null ? 'above' : formatSize(found.high);
  const preposition = found.kind === 'from' ? 'from' : 'up to';
  return `${what} is faster than ${base} ${preposition} ${formatSize(found.size)} ${unit} ` +
    `(${low} to ${high}).`;
}

function titled(title: string, sentences: readonly string[], width: number): string[] {
  if (sentences.length === 0) return [];
  const lines = sentences.flatMap((sentence) => wrap(plainText(sentence), width - 2, '   '));
  return ['', title, ...lines.map((line) => `  ${line}`)];
}
