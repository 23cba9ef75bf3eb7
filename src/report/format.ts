/**
 * Numbers and names as people read them: three digits that count, a unit, and nothing that a
 * terminal would obey.
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
  return ratio < 0.1 ? ratio.toFixed(3) : ratio < 1 ? ratio.toFixed(2) : threeDigits(ratio);
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

/** A long time given in ms: `850 ms`, `12 s`, `4 min 30 s`, `1 h 40 min`. */
export function formatDuration(ms: number): string {
  if (ms < 999.5) return `${Math.round(ms)} ms`;
  const seconds = Math.round(ms / 1000);
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return withRest(minutes, 'min', seconds % 60, 's');
  return withRest(Math.floor(minutes / 60), 'h', minutes % 60, 'min');
}

/** Text on one line without control characters, so that no label can steer a terminal. */
export function plainText(text: string): string {
  // deno-lint-ignore no-control-regex
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]+/g, ' ')
    .trim();
}

/** Text broken at spaces into lines of at most `width`, those after the first indented. */
export function wrap(text: string, width: number, indent = ''): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line !== '' && longer.length > width) {
      lines.push(line);
      line = `${indent}${word}`;
    } else {
      line = longer;
    }
  }
  return [...lines, line];
}

function withRest(whole: number, unit: string, rest: number, restUnit: string): string {
  return rest === 0 ? `${whole} ${unit}` : `${whole} ${unit} ${rest} ${restUnit}`;
}

/** The value as three digits show it, so that 999.6 ns becomes 1.00 µs. */
function rounds(value: number): number {
  return Number(value.toPrecision(3));
}

function threeDigits(value: number): string {
  const shown = rounds(value);
  return shown >= 100 ? shown.toFixed(0) : shown >= 10 ? shown.toFixed(1) : shown.toFixed(2);
}
