/** How good a figure is: one mark, and in words what it stands for. */
import type { CaseLaunches } from '../../analysis/rows.ts';
import { launchCost } from '../../analysis/launch_cost.ts';
import type { CaseFigures } from '../../results/schema_derived.ts';
import type { Estimator } from '../../stats/estimators.ts';
import { median, quantile } from '../../stats/quantiles.ts';
import { plainText } from '../plain_text.ts';
import { sustainedLimit, withoutCostText } from './launches.ts';
import { formatPercent, formatRatio } from './numbers.ts';

/**
 * `lost`: over a quarter of the launches never settled or met no free core; `levels`: the launches
 * sit on two levels; `noisy`: the interval is wide, or the machine was disturbed.
 */
export type QualityName = 'good' | 'noisy' | 'levels' | 'lost';

/** The mark of a figure with the sentences behind it; a good figure may have remarks too. */
export interface Quality {
  readonly name: QualityName;
  readonly words: readonly string[];
}

/** The signs that stand behind a figure; a good one has none. */
export const qualitySigns: Readonly<Record<QualityName, string>> = {
  good: '',
  noisy: '≈',
  levels: '↕',
  lost: '∅',
};

/** What the signs mean. */
export const qualityWords: Readonly<Record<QualityName, string>> = {
  good: 'good: the launches agree',
  noisy: 'noisy: the launches spread by over 10 %, or the machine was disturbed',
  levels: 'two levels: a quarter of the launches or more are slow',
  lost: 'never settled, or no free core: over a quarter of the launches have no cost',
};

/** What a quality looks at besides the case. */
export interface QualityContext {
  /** Cost of the same call in machine code; null where that was not measured. */
  readonly floorNs: number | null;
  readonly estimator: Estimator;
  readonly ratio: { readonly value: number; readonly costsGive: number | null } | null;
  /** Half the interval over the cost, or half the range; null of one launch. */
  readonly spread: number | null;
}

/** The mechanism whose lane calls without JavaScript. */
export const floorMechanism = 'call';
/** Share of the floor below which a case is below it, and not beside it by chance. */
const belowFloor = 0.95;
/** Share of launches from which a figure has another mark. */
const doubtfulShare = 0.25;
/** A spread over this share of the cost is noisy. */
const wideSpread = 0.1;

/** The quality of a case that has figures. */
export function qualityOf(
  own: CaseLaunches,
  figures: CaseFigures,
  context: QualityContext,
): Quality {
  const { done, never_settled: never, no_free_core: busy } = figures.launches;
  const marked = own.done.filter(({ marks }) => marks.length > 0).length;
  const isShare = (count: number) => count > done * doubtfulShare;
  const { not_steady: notSteady, slowing } = figures.stability;
  const name = isShare(never + busy)
    ? 'lost'
    : figures.slow.count >= 2 && figures.slow.count >= done * doubtfulShare
    ? 'levels'
    : (context.spread ?? 0) > wideSpread || isShare(marked) || isShare(notSteady + slowing) ||
        figures.under_resolution
    ? 'noisy'
    : 'good';
  return { name, words: remarksOf(own, figures, context).map(plainText) };
}

/** Every remark on a case, the most important first. */
function remarksOf(
  own: CaseLaunches,
  figures: CaseFigures,
  { floorNs, estimator, ratio, spread }: QualityContext,
): string[] {
  const { done, not_done: notDone } = figures.launches;
  const { not_steady: notSteady, slowing } = figures.stability;
  const without = withoutCostText(figures);
  const marked = own.done.filter(({ marks }) => marks.length > 0);
  const sustained = sustainedRatio(own, estimator);
  const { slow } = figures;
  return [
    without !== '' && `${without}; these launches enter no figure`,
    slow.count > 0 && `${slow.count} of ${done} launches are over 1.25 times the fast ones`,
    spread !== null && spread > wideSpread && `the launches spread by ${formatPercent(spread)}`,
    marked.length > done * doubtfulShare &&
    `${marked.length} of ${done} launches were disturbed (${marksText(marked)})`,
    notSteady + slowing > done * doubtfulShare &&
    `${notSteady + slowing} of ${done} launches were not steady or became slower`,
    figures.under_resolution && 'at or below what the clock resolves: read it as about nothing',
    isBelowFloor(own, figures, floorNs) &&
    `${formatRatio(figures.cost_ns!.value / floorNs!)} times the same call from machine code; ` +
      'the library counted the calls, so none is missing: the loop around the call is cheaper',
    ratio !== null && ratio.costsGive !== null &&
    `×${formatRatio(ratio.costsGive)} by costs, ×${formatRatio(ratio.value)} by rounds: the ` +
      'launches have several levels; trust the rounds, which were made side by side',
    sustained > sustainedLimit &&
    `sustained is ${formatRatio(sustained)} times the cost (on a busy core, where it is known): ` +
      'garbage collection, late recompiling or another program took the rest',
    own.setAside.length > 0 &&
    `${own.setAside.length} launches were left out (${marksText(own.setAside)})`,
    notDone > 0 &&
    `${notDone} of ${done + notDone} launches did not finish (${
      [...new Set(own.notDone.map(({ outcome }) => outcome.replaceAll('_', ' ')))].join(', ')
    })`,
    own.arm.note,
  ].filter((line) => typeof line === 'string');
}

function marksText(launches: readonly { readonly marks: readonly string[] }[]): string {
  return [...new Set(launches.flatMap(({ marks }) => marks))].join(', ');
}

/** Whether a case that crosses is faster than the same call in machine code. */
function isBelowFloor(own: CaseLaunches, figures: CaseFigures, floorNs: number | null): boolean {
  const crosses = own.done.some(({ measured }) => (measured?.crossings_per_call ?? 0) > 0);
  return floorNs !== null && crosses && (figures.cost_ns?.value ?? Infinity) < floorNs * belowFloor;
}

/**
 * The median of sustained over what a call takes, on a busy core too; 1 where it is not over the
 * limit in three of four launches, since then it is a mere disturbance.
 */
function sustainedRatio({ done }: CaseLaunches, estimator: Estimator): number {
  const ratios = done.flatMap(({ measured }) => {
    const cost = launchCost(measured, estimator);
    const taken = typeof cost === 'number' ? Math.max(cost, measured.contended_ns ?? 0) : 0;
    return taken > 0 ? [measured.sustained_ns / taken] : [];
  });
  return ratios.length === 0 || quantile(ratios, 0.25) <= sustainedLimit ? 1 : median(ratios);
}
