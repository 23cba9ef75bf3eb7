/** Which sections a run and a report show unless they are named. */
import type { Document } from '../results/schema.ts';
import type { SectionName } from '../report/sections.ts';
import { summaryLines } from '../report/words/summary.ts';

/**
 * The block of answers; above it the table where it was asked for, where the run was asked for
 * single tasks, and where there is nothing to answer.
 */
export function shownSections(document: Document, { table }: { table: boolean }): SectionName[] {
  const { selection, profile } = document.provenance;
  const isNarrow = selection['tasks'] !== undefined || profile === 'call';
  const withTable = table || isNarrow || summaryLines(document).length === 0;
  return withTable ? ['heading', 'table', 'summary'] : ['summary'];
}
