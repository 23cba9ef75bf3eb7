/** Sizes and sweeps as they are written: `4096`, `4K`, `64..1M`. */

/** Greatest size of a buffer or a count, as for the catalogue's own sweeps. */
export const largestSize = 2 ** 28;
/** From one size of a sweep to the next. */
const step = 4;

const units: Readonly<Record<string, number>> = { '': 1, K: 1024, M: 1024 ** 2 };

/** A size in bytes or elements; null where the text is none, or over the largest. */
export function parseSize(text: string): number | null {
  const [, digits, unit] = /^(\d+)([KM]?)$/i.exec(text) ?? [];
  if (digits === undefined) return null;
  const size = Number(digits) * units[unit!.toUpperCase()]!;
  return size <= largestSize ? size : null;
}

/** The sizes of `64..1M`: each four times the one before, and both ends; null for no sweep. */
export function parseSweep(text: string): number[] | null {
  const [, from, to] = /^([^.]+)\.\.([^.]+)$/.exec(text) ?? [];
  const [least, most] = [parseSize(from ?? ''), parseSize(to ?? '')];
  if (least === null || most === null || least < 1 || least >= most) return null;
  const sizes: number[] = [];
  for (let size = least; size < most; size *= step) sizes.push(size);
  return [...sizes, most];
}
