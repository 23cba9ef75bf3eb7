/**
 * What a run concludes, in sentences: the answers to the questions of the suite, the sizes from
 * which going native pays, and what to do.
 */
import type { Document } from '../../results/schema.ts';
import { plainText, wrap } from '../plain_text.ts';
import { answerSentence } from './answers.ts';
import { recommendationSentence } from './recommendations.ts';
import { breakEvenSentence } from './sweeps.ts';

/**
 * The conclusions of a document as lines of plain text under titles; empty where there are none.
 */
export function conclusionLines(document: Document, width = 100): string[] {
  const { arms, derived: { answers, break_even: breakEvens, recommendations } } = document;
  const answered = answers.map((answer) => `${answer.question} ${answerSentence(answer, arms)}`);
  return [
    ...titled('Answers', answered, width),
    ...titled('When going native pays', breakEvens.map(breakEvenSentence), width),
    ...titled('Recommendations', recommendations.map(recommendationSentence), width),
  ];
}

/**
 * The first lines of what a run concludes, for the person who made it: what a crossing costs,
 * then for each job what to do on each runtime, at most `most` sentences. Empty where there are
 * none.
 */
export function shortConclusionLines(document: Document, width = 100, most = 9): string[] {
  const { arms, derived: { answers, recommendations } } = document;
  const jobs = Map.groupBy(
    recommendations,
    ({ job, contract, runtime, version }) => JSON.stringify([job, contract, runtime, version]),
  );
  const sentences = [
    ...answers.filter(({ question }) => question === 'Q1')
      .map((answer) => answerSentence(answer, arms)),
    ...[...jobs.values()].map((sizes) => recommendationSentence(sizes[0]!)),
  ].slice(0, most);
  return titled('In short', sentences, width);
}

function titled(title: string, sentences: readonly string[], width: number): string[] {
  if (sentences.length === 0) return [];
  const lines = sentences.flatMap((sentence) => wrap(plainText(sentence), width - 2, '   '));
  return ['', title, ...lines.map((line) => `  ${line}`)];
}
