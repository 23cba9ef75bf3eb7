/** What sweeps over sizes found, in sentences: break-even sizes and how costs grow. */
import type { BreakEvenSize, CostModel } from '../../results/schema_conclusions.ts';
import { enumerated } from './arms.ts';
import { formatCount, formatNs, formatPercent } from './numbers.ts';

/** One break-even as a sentence: at which sizes a task is faster in an arm. */
export function breakEvenSentence(found: BreakEvenSize): string {
  const { task, arm, variant } = found;
  return `${task}${variant === '' ? '' : ` (${variant})`} in ${arm} ${breakEvenWords(found)}`;
}

/** The same without what it is about. */
export function breakEvenWords(found: BreakEvenSize): string {
  const { base, size_param: unit, kind, between, faster, slower, undecided, untested } = found;
  const sizes = [...faster, ...slower, ...undecided, ...untested].sort((a, b) => a - b);
  const span = `${formatCount(sizes[0] ?? 0)} to ${formatCount(sizes.at(-1) ?? 0)} ${unit}`;
  if (kind === 'always') return `is faster than ${base} at all of ${span}.`;
  if (kind === 'never') return `is slower than ${base} at all of ${span}.`;
  if (kind === 'not_tested') {
    return `against ${base} is not tested over ${span}: fewer than six rounds tell nothing apart.`;
  }
  if (kind === 'not_resolved') {
    return `is not told apart from ${base} at any of ${span}${
      openText({ undecided: [], untested })
    }.`;
  }
  if (between !== null) {
    const isOutside = (size: number) => size < between.low || size > between.high;
    const open = openText({
      undecided: undecided.filter(isOutside),
      untested: untested.filter(isOutside),
    });
    const [low, high] = [formatCount(between.low), formatCount(between.high)];
    return kind === 'from'
      ? `becomes faster than ${base} between ${low} and ${high} ${unit}${open}.`
      : `is faster than ${base} up to ${low} ${unit} and slower from ${high} on${open}.`;
  }
  const told = [
    ...faster.length > 0 ? [`faster than ${base} at ${listed(faster, unit)}`] : [],
    ...slower.length > 0 ? [`slower than ${base} at ${listed(slower, unit)}`] : [],
  ];
  return `is ${told.join(', ')}${openText(found)}.`;
}

/** Sizes that say nothing, and why. */
function openText(
  { undecided, untested }: Pick<BreakEvenSize, 'undecided' | 'untested'>,
): string {
  return [
    ...undecided.length > 0
      ? [`; not told apart at ${enumerated(undecided.map(formatCount))}`]
      : [],
    ...untested.length > 0 ? [`; not tested at ${enumerated(untested.map(formatCount))}`] : [],
  ].join('');
}

function listed(sizes: readonly number[], unit: string): string {
  return `${enumerated(sizes.map(formatCount))} ${unit}`;
}

/** How the cost of a sweep grows: `costs 50.0 ns and 1.00 ns for each unit of elements, …`. */
export function growthText(model: CostModel): string {
  const { kind, fixed_ns: fixed, per_unit_ns: each, exponent, size_param: unit } = model;
  if (kind === 'line' && fixed !== null && each !== null) {
    const parts = [
      ...fixed > 0 || each === 0 ? [formatNs(fixed)] : [],
      ...each > 0 ? [`${smallNs(each)} for each unit of ${unit}`] : [],
    ];
    return `costs ${parts.join(' and ')}, within ${formatPercent(model.off_by)} at every size`;
  }
  const power = exponent === null ? '' : `: about as ${unit} to the power ${exponentText(model)}`;
  return `grows in no straight line, which would be ${formatPercent(model.off_by)} off at some ` +
    `size${power}`;
}

/** What the columns of cost models mean. */
export const modelsLegend =
  'Fixed cost plus cost per unit: the line whose shares of error are least. "Off by": the most ' +
  'that the cost of a size is off the line. Where no line comes within 25 %, the power of the ' +
  'size that the cost grows with, and its 95 % interval.';

/** `2.98 (2.90 to 3.05)`; empty for a line. */
export function exponentText({ exponent }: CostModel): string {
  if (exponent === null) return '';
  const { value, low, high } = exponent;
  const interval = low === null || high === null
    ? ''
    : ` (${low.toFixed(2)} to ${high.toFixed(2)})`;
  return `${value.toFixed(2)}${interval}`;
}

/** A time per unit, which may be far below what a clock shows: three digits that count. */
export function smallNs(ns: number): string {
  if (ns === 0) return '0 ns';
  if (ns < 0.001) return '<0.001 ns';
  return ns > 0 && ns < 1 ? `${ns.toPrecision(3)} ns` : formatNs(ns);
}
