/** Verdicts and the reasons of those that are none, in words and signs. */
import type { Pair, PairReason, Verdict } from '../../results/schema_derived.ts';
import { formatPercent, formatRatio } from './numbers.ts';

/** The sign of a verdict, which stands before a ratio. */
export const verdictSigns: Readonly<Record<Verdict, string>> = {
  faster: '▼',
  slower: '▲',
  not_resolved: '=',
  not_tested: '×',
};

/** A verdict as a reader hears it. */
export const verdictWords: Readonly<Record<Verdict, string>> = {
  faster: 'faster',
  slower: 'slower',
  not_resolved: 'not told apart',
  not_tested: 'not tested',
};

const reasons: Readonly<Record<PairReason, string>> = {
  control: 'the same binary twice: a control, which shows the noise',
  profile_without_verdicts: 'the quick profile tests nothing',
  rounds_too_few: 'fewer than six rounds can tell nothing apart',
  interval_holds_one: 'the rounds disagree about which is faster',
  not_after_correction: 'among so many comparisons this one may be chance',
  within_noise_floor: 'arms of the same binary differ by as much',
};

/** Why a pair has no verdict; empty where it has one. */
export function reasonText({ because }: Pick<Pair, 'because'>): string {
  return because === null ? '' : reasons[because];
}

/** Words for how two costs relate. */
export interface TimesWords {
  readonly faster: string;
  readonly slower: string;
  readonly same: string;
}

/**
 * `1.99 times faster`, `2.40 times more than`; the bare word where nothing was told apart. `ratio`
 * is how many times the base takes as long.
 */
export function timesText(ratio: number, verdict: string | null, words: TimesWords): string {
  if (verdict !== 'faster' && verdict !== 'slower') return words.same;
  const times = formatRatio(Math.max(ratio, 1 / ratio));
  return `${times} times ${words[verdict]}`;
}

/** What a noise floor means, by both of its figures. */
export function noiseText(
  floor: { readonly ratio: number; readonly most: number; readonly comparisons: number },
): string {
  const { ratio, most, comparisons } = floor;
  if (comparisons === 1) {
    return `Differences under ${formatPercent(ratio - 1)} get no verdict: so much did the one ` +
      'control, the same binary under two labels, differ by.';
  }
  return `Differences under ${formatPercent(ratio - 1)} get no verdict: 95 of 100 controls (the ` +
    `same binary under two labels, ${comparisons} comparisons) differed by less, the worst by ` +
    `${formatPercent(most - 1)}.`;
}
