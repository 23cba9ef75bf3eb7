/**
 * What the words and signs of a comparison mean, for someone who meets them for the first time.
 */
import { isFilled, type ReportModel } from '../model.ts';
import { qualitySigns, qualityWords } from './quality.ts';

/** Sentences that explain what the given comparison shows; only what occurs in it. */
export function legendLines(model: ReportModel): string[] {
  const cells = model.rows.flatMap((row) => row.cells);
  const shown = cells.filter(isFilled);
  const launches = shown.map((cell) => cell.launches);
  const lines = [`${methods[model.method]}; the cost is ${medianOf(launches)}.`];
  if (shown.some(({ spread }) => spread.is === 'interval')) {
    lines.push('±: half the exact interval that holds the true median in 95 of 100 runs.');
  }
  if (shown.some(({ spread }) => spread.is === 'range' && spread.share !== null)) {
    lines.push('~: half the range of the launches, which are too few for an interval.');
  }
  if (shown.some(({ ratio }) => ratio !== null)) lines.push(ratioLine(model));
  const verdicts = new Set(shown.flatMap(({ ratio }) => ratio ? [ratio.verdict] : []));
  if (verdicts.has('faster') || verdicts.has('slower') || verdicts.has('not_resolved')) {
    lines.push(
      '▼ faster and ▲ slower stand for × where the rounds agree (exact sign test), = where this ' +
        'run cannot tell the two apart. All verdicts of a run are corrected together, so that ' +
        'about 5 % of those given may be false (Benjamini and Hochberg). That share holds for ' +
        'independent comparisons; those that share a lane are not.',
    );
  }
  if (verdicts.has('not_tested')) {
    lines.push('× alone: not tested; fewer than six rounds can tell nothing apart.');
  }
  if (shown.some(({ slow }) => slow > 0)) {
    lines.push('slow: launches over 1.25 times the fast ones.');
  }
  for (const name of ['noisy', 'levels', 'lost'] as const) {
    if (shown.some(({ quality }) => quality.name === name)) {
      lines.push(`${qualitySigns[name]} ${qualityWords[name]}.`);
    }
  }
  if (cells.some(({ state }) => state === 'no_cost')) {
    lines.push('no cost: no launch settled on a free core.');
  }
  if (shown.some(({ state }) => state === 'folded')) {
    lines.push('folded: optimised away, not a measurement; nothing is compared with it.');
  }
  if (cells.some(({ state }) => state === 'unsupported')) {
    lines.push('–: this lane cannot do it, for the reason above.');
  }
  return lines;
}

/** What one launch gives, by the method of the document. */
const methods: Readonly<Record<ReportModel['method'], string>> = {
  free_median: 'cost: time of one call on a free core. Each launch is a fresh process and gives ' +
    'the median of its settled batches between two probes that found the core free',
  p10:
    'cost: time of one call, by the method of v1. Each launch is a fresh process and gives the ' +
    '10th percentile of its batches; free and shared cores are not told apart',
};

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
