/**
 * What the words and signs of a comparison mean, for someone who meets them for the first time.
 */
import { isFilled, type ReportModel } from './model.ts';

/** Sentences that explain what the given comparison shows; only what occurs in it. */
export function legendLines(model: ReportModel): string[] {
  const cells = model.rows.flatMap((row) => row.cells);
  const shown = cells.filter(isFilled);
  const launches = shown.map((cell) => cell.launches);
  const lines = [
    'cost: time of one call. Each launch is a fresh process and gives the 10th percentile of its ' +
    `batches; the cost is ${medianOf(launches)}.`,
  ];
  if (shown.some(({ spreadIs }) => spreadIs === 'interval')) {
    lines.push('±: half the exact interval that holds the true median in 95 of 100 runs.');
  }
  if (shown.some(({ spreadIs }) => spreadIs === 'range')) {
    lines.push('~: half the range of the launches, which are too few for an interval.');
  }
  if (shown.some(({ ratio }) => ratio !== null)) lines.push(ratioLine(model));
  if (shown.some(({ ratio }) => ratio?.verdict)) {
    lines.push(
      '▼ faster and ▲ slower stand for × where the rounds agree (sign test; 5 % false ' +
        'discoveries over the run), = where this run cannot tell the two apart.',
    );
  }
  if (shown.some(({ slow }) => slow > 0)) {
    lines.push('slow: launches over 1.25 times the fast ones; the engine took another path there.');
  }
  if (shown.some(({ state }) => state === 'folded')) {
    lines.push('folded: the engine computed the answer ahead, so nothing is compared with it.');
  }
  if (cells.some(({ state }) => state === 'unsupported')) {
    lines.push('–: this lane cannot do it; the note says why.');
  }
  return lines;
}

function ratioLine(model: ReportModel): string {
  const first = model.groups[0]?.arms[0]?.label ?? 'the first lane';
  return `×: cost over that of ${first}, or of the first lane that has one: ×0.50 takes half as ` +
    'long. Median over rounds, in which both were launched side by side.';
}

/** What the cost is of so many launches a case. */
function medianOf(counts: readonly number[]): string {
  if (counts.length === 0) return 'the median of the launches';
  const [least, most] = [Math.min(...counts), Math.max(...counts)];
  if (most === 1) return 'that of one launch';
  return `the median of ${least === most ? least : `${least} to ${most}`} launches`;
}
