/**
 * Numbers as people read them: three digits that count, and a unit.
 */

const units = [
  { name: 'ns', ns: 1 },
  { name: 'µs', ns: 1e3 },
  { name: 'ms', ns: 1e6 },
  { name: 's', ns: 1e9 },
] as const;

/** A time given in ns, with three significant digits: `4.62 ns`, `12.3 µs`, `1.20 s`. */
export function formatNs(ns: number): string {
  if (ns > 0 && ns < 0.01) return '<0.01 ns';
  const unit = units.findLast((candidate) => rounds(ns) >= candidate.ns) ?? units[0];
  return `${threeDigits(ns / unit.ns)} ${unit.name}`;
}

/** A ratio with three significant digits, without a unit: `0.26`, `1.00`, `118`. */
export function formatRatio(ratio: number): string {
  if (ratio > 0 && ratio < 0.001) return '<0.001';
  if (ratio < 0.1) return ratio.toFixed(3);
  return ratio >= 1000 ? formatSize(ratio) : threeDigits(ratio);
}

/** A share as a short percentage: `0.4%`, `3%`, `12%`, `>99%`. */
export function formatPercent(share: number): string {
  const percent = share * 100;
  if (percent > 99.5) return '>99%';
  return percent < 0.95 ? `${percent.toFixed(1)}%` : `${percent.toFixed(0)}%`;
}

/** A whole number with commas between thousands: `1,000,000`. */
export function formatCount(count: number): string {
  return Math.round(count).toString().replace(/\B(?=(\d{3})+(?!\d))/g, ',');
}

/** A size that was read off a curve, to two digits: `860`, `12,000`. */
export function formatSize(size: number): string {
  return formatCount(Number(size.toPrecision(2)));
}

/** The value as three digits show it, so that 999.6 ns becomes 1.00 µs. */
function rounds(value: number): number {
  return Number(value.toPrecision(3));
}

function threeDigits(value: number): string {
  const shown = rounds(value);
  return value.toFixed(shown >= 100 ? 0 : shown >= 10 ? 1 : 2);
}
