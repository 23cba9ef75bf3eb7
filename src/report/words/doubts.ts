/** What a reader must know before believing a number of a run. */
import type { Document } from '../../results/schema.ts';
import type { Derived } from '../../results/schema_derived.ts';
import { noiseText } from './verdicts.ts';

/** What makes a run doubtful, worst first; empty where nothing does. */
export function doubtSentences(document: Document): string[] {
  const { provenance: { profile, finished_at: finished, tool }, arms, derived } = document;
  const floor = derived.run_noise_floor;
  return [
    profile === 'quick' &&
    'A quick run: three launches per case show the size of things; no verdict is given.',
    document.method === 'p10' &&
    'A document of v1: its costs are 10th percentiles of all batches, busy cores included. They ' +
      'are not compared with those of today.',
    finished === null && 'The run was interrupted; what it had measured until then is shown.',
    arms.some(({ library }) => library?.planted) &&
    'The library has delays planted in it on purpose: these figures are a test of the tool.',
    tool.dirty === true && 'The checkout had changes that are in no commit.',
    floor && noiseText(floor),
  ].filter((line) => typeof line === 'string');
}

/** How many figures of documents do not follow from their launches. */
export function checkedSentence(
  file: string,
  documents: readonly Document[],
  wrong: number,
): string {
  if (wrong > 0) return `${file}: ${wrong} derived figures do not follow from the launches.`;
  const isOld = documents.every(({ method }) => method === 'p10');
  return isOld
    ? `${file} is of v1: its figures were computed anew from its launches, none was left to check.`
    : `${file}: every derived figure follows from the launches.`;
}

/** Sections that could not be computed, each with the reason. */
export function failureSentences({ failures }: Derived): string[] {
  return failures.map(({ section, error }) =>
    `The section "${section.replaceAll('_', ' ')}" could not be computed and is empty: ${error}`
  );
}
