/** Finds between which two neighbours of a list a value changed, by halving. Pure. */

/** What a place of the list gave; null where it gave nothing and is stepped over. */
export interface Looked {
  readonly index: number;
  readonly value: number | null;
}

/** What was found. */
export interface Bisected {
  /** The last place that is like the first one, and the first that is like the last. */
  readonly before: Looked;
  readonly after: Looked;
  /** Places between the two that gave nothing: the change may lie in any of them. */
  readonly between: readonly number[];
  /** Every place that was looked at, in that order. */
  readonly looked: readonly Looked[];
}

/**
 * Halves the range between the first and the last of `count` places, of which `look` gives the
 * value. A place belongs to the end that its value is nearer to, as a ratio, so that small changes
 * on the way do not hide the large one. Null where an end gives nothing, or both ends the same.
 */
export async function bisect(
  count: number,
  look: (index: number) => Promise<number | null>,
): Promise<Bisected | null> {
  const looked: Looked[] = [];
  const at = async (index: number): Promise<Looked> => {
    const found = { index, value: await look(index) };
    looked.push(found);
    return found;
  };
  let before = await at(0);
  let after = await at(count - 1);
  const [first, last] = [before.value, after.value];
  if (first === null || last === null || first === last) return null;
  const silent = new Set<number>();
  while (true) {
    const index = middle(before.index, after.index, silent);
    if (index === null) break;
    const found = await at(index);
    if (found.value === null) silent.add(index);
    else if (isNearer(found.value, first, last)) before = found;
    else after = found;
  }
  const between = [...silent].filter((index) => index > before.index && index < after.index)
    .sort((a, b) => a - b);
  return { before, after, between, looked };
}

/** The place nearest to the middle of a range that is not silent; null where none is left. */
function middle(low: number, high: number, silent: ReadonlySet<number>): number | null {
  const centre = (low + high) / 2;
  const free = Array.from({ length: high - low - 1 }, (_, i) => low + 1 + i)
    .filter((index) => !silent.has(index));
  if (free.length === 0) return null;
  return free.reduce((best, index) =>
    Math.abs(index - centre) < Math.abs(best - centre) ? index : best
  );
}

/** Whether a value is nearer to the first than to the last, as a ratio. */
function isNearer(value: number, first: number, last: number): boolean {
  const distance = (other: number) => Math.abs(Math.log(value / other));
  return distance(first) <= distance(last);
}
