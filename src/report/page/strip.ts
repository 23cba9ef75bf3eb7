/**
 * All launches of a case as a strip of dots, small enough to stand in every line of a table: one
 * path for the dots, one for slow launches, one for the interval, on a log scale.
 */
import { formatNs } from '../words/numbers.ts';
import { costsOf, type Row } from '../../analysis/rows.ts';
import type { CaseFigures } from '../../results/schema_derived.ts';
import type { Estimator } from '../../stats/estimators.ts';
import { Markup, markup } from './markup.ts';

/** From ns to a place in the strip. */
export type Scale = (ns: number) => number;

const width = 220;
const margin = 6;
/** A launch over this many times the fast ones is slow. */
const slowLimit = 1.25;
/** Strips span at least this ratio, so that noise of a percent does not fill them. */
const leastSpan = 2;
/** Heights that dots take in turn, so that equal launches stay apart. */
const heights = [10, 7, 13, 8, 12];

/** One scale for all lanes of a row. What is folded has no say in it. */
export function stripScale({ cases }: Row, estimator: Estimator): Scale {
  const costs = cases.filter((own) => !own.case.folded).flatMap((own) => costsOf(own, estimator))
    .filter((cost) => cost > 0);
  if (costs.length === 0) return () => width / 2;
  const least = costs.reduce((a, b) => Math.min(a, b));
  const greatest = costs.reduce((a, b) => Math.max(a, b));
  const widen = Math.sqrt(Math.max(1, leastSpan / (greatest / least)));
  const [low, high] = [Math.log(least / widen), Math.log(greatest * widen)];
  return (ns) => {
    const share = ns > 0 ? (Math.log(ns) - low) / (high - low) : 0;
    return Math.round(margin + Math.min(1, Math.max(0, share)) * (width - 2 * margin));
  };
}

/** The strip of a case with figures. */
export function strip(costs: readonly number[], figures: CaseFigures, scale: Scale): Markup {
  const limit = (figures.lower_mode_ns ?? Infinity) * slowLimit;
  const fast: string[] = [];
  const slow: string[] = [];
  for (const [index, cost] of costs.entries()) {
    const height = heights[index % heights.length]!;
    if (cost > limit) slow.push(`M${scale(cost) - 2} ${height - 2}l4 4m0-4l-4 4`);
    else fast.push(`M${scale(cost)} ${height}h0`);
  }
  const least = costs.reduce((a, b) => Math.min(a, b), Infinity);
  const greatest = costs.reduce((a, b) => Math.max(a, b), 0);
  const count = costs.length === 1 ? '1 launch' : `${costs.length} launches`;
  const words = `${count}, ${formatNs(least)} to ${formatNs(greatest)}`;
  return markup`<svg viewBox="0 0 ${width} 20" role="img" aria-label="${words}">${
    interval(figures, scale)
  }${path('d', fast)}${path('w', slow)}</svg>`;
}

function interval({ cost_ns: cost }: CaseFigures, scale: Scale): Markup[] {
  if (!cost) return [];
  const bar = cost.low === null || cost.high === null
    ? []
    : path('i', [`M${scale(cost.low)} 10H${scale(cost.high)}`]);
  return [...bar, ...path('m', [`M${scale(cost.value)} 2v16`])];
}

function path(name: string, pieces: readonly string[]): Markup[] {
  return pieces.length === 0 ? [] : [new Markup(`<path class="${name}" d="${pieces.join('')}"/>`)];
}
