/** Prices in words: what a case adds to an empty call, and how sure that is. */
import type { Price } from '../../results/schema_conclusions.ts';
import { formatNs, formatPercent } from './numbers.ts';

/** What the signs of a price mean. */
export const pricesLegend =
  '"?" stands behind a price that six launches on each side would be needed to test, "about ' +
  'nothing" where the interval of the difference holds zero.';

/** `+4.62 ns`, `+4.62 ns ?` where it was not tested, `about nothing`. */
export function priceText(price: Price): string {
  const { adds_ns: adds, because } = price;
  if (because === 'interval_holds_zero') return 'about nothing';
  const text = signedNs(adds.value);
  return because === 'launches_too_few' ? `${text} ?` : text;
}

/** The interval of a price with its coverage: `4.1 ns to 5.0 ns (91 %)`; empty without one. */
export function priceInterval({ adds_ns: { low, high, coverage } }: Price): string {
  if (low === null || high === null || coverage === null) return '';
  return `${signedNs(low)} to ${signedNs(high)} (${formatPercent(coverage)})`;
}

/** A time with its sign. */
export function signedNs(ns: number): string {
  return `${ns < 0 ? '−' : '+'}${formatNs(Math.abs(ns))}`;
}
