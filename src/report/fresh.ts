/**
 * Every generated part of a page of documentation: text between marks that name a document.
 *
 *     <!-- answers:start linux-x64.json -->     the block that a run ends on
 *     <!-- lanes:start linux-x64.json -->       a few costs in three lanes
 *     <!-- figures:start linux-x64.json CASE@LANE … -->   costs and instructions, as named
 *     <!-- table:start, history:start, work:start, capabilities:start -->
 */
import type { Document } from '../results/schema.ts';
import { freshCapabilities } from './capabilities.ts';
import { renderFewLanes } from './few_lanes.ts';
import { freshFigures } from './figures_table.ts';
import { freshHistory } from './history.ts';
import { freshBetween } from './marks.ts';
import { freshReadme } from './readme.ts';
import { freshWork } from './work.ts';
import { summaryLines } from './words/summary.ts';

/** A page with fresh text between its marks; `read` gives the document that they name. */
export function freshPage(
  text: string,
  read: (file: string) => Document,
  capabilities: string,
): string {
  const answers = (file: string) => ['```text', ...summaryLines(read(file)), '```'].join('\n');
  const withAnswers = freshBetween(text, 'answers', answers);
  const withLanes = freshBetween(withAnswers, 'lanes', (file) => renderFewLanes(read(file)));
  const withTables = freshWork(freshHistory(freshReadme(withLanes, read), read), read);
  return freshCapabilities(freshFigures(withTables, read), capabilities);
}
