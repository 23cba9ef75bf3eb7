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

/** A share as a short percentage: `0.4%`, `3%`, `120%`, `>999%`. */
export function formatPercent(share: number): string {
  const percent = share * 100;
  if (percent > 999) return '>999%';
  return percent < 0.95 ? `${percent.toFixed(1)}%` : `${percent.toFixed(0)}%`;
}

/** `±1%` of an interval, `~3%` of a range; empty where one launch has neither. */
export function formatSpread(
  { share, is }: { readonly share: number | null; readonly is: 'interval' | 'range' },
): string {
  return share === null ? '' : `${is === 'interval' ? '±' : '~'}${formatPercent(share)}`;
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

/** A long time given in ms: `850 ms`, `12 s`, `4 min 30 s`, `1 h 40 min`. */
export function formatDuration(ms: number): string {
  if (ms < 999.5) return `${Math.round(ms)} ms`;
  const seconds = Math.round(ms / 1000);
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return withRest(minutes, 'min', seconds % 60, 's');
  return withRest(Math.floor(minutes / 60), 'h', minutes % 60, 'min');
}

function withRest(whole: number, unit: string, rest: number, restUnit: string): string {
  return rest === 0 ? `${whole} ${unit}` : `${whole} ${unit} ${rest} ${restUnit}`;
}
