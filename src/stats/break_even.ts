/**
 * From what size on one way is faster than another: read off the sizes that were measured and told
 * apart, never from between them, because caches bend every line.
 */

/** What a comparison at one size said of the one way against the other. */
export interface SizeVerdict {
  /** Elements or bytes. */
  readonly size: number;
  readonly verdict: 'faster' | 'slower' | 'not_resolved' | 'not_tested';
}

/**
 * - `always`, `never`: faster or slower at every size.
 * - `partly`: faster, or slower, at some sizes, and told apart at no other.
 * - `from`: slower at the smaller sizes that were told apart and faster at the larger ones, `until`
 *   the other way round. `between` are the two told sizes next to the change.
 * - `mixed`: the verdicts change more than once.
 * - `not_resolved`: no size was told apart; `not_tested`: no size could have been.
 */
export interface BreakEven {
  readonly kind:
    | 'always'
    | 'never'
    | 'partly'
    | 'from'
    | 'until'
    | 'mixed'
    | 'not_resolved'
    | 'not_tested';
  readonly between: { readonly low: number; readonly high: number } | null;
}

/** Break-even over verdicts by size. Throws RangeError on no sizes. */
export function breakEven(verdicts: readonly SizeVerdict[]): BreakEven {
  if (verdicts.length === 0) throw new RangeError('A break-even needs at least one size.');
  const sorted = verdicts.toSorted((a, b) => a.size - b.size);
  const told = sorted.filter(({ verdict }) => verdict === 'faster' || verdict === 'slower');
  const [first] = told;
  if (first === undefined) {
    const isTested = sorted.some(({ verdict }) => verdict === 'not_resolved');
    return { kind: isTested ? 'not_resolved' : 'not_tested', between: null };
  }
  const changes = told.flatMap(({ size, verdict }, index) => {
    const before = told[index - 1];
    return before === undefined || before.verdict === verdict
      ? []
      : [{ low: before.size, high: size }];
  });
  if (changes.length > 1) return { kind: 'mixed', between: null };
  if (changes.length === 1) {
    return { kind: first.verdict === 'slower' ? 'from' : 'until', between: changes[0]! };
  }
  if (told.length < sorted.length) return { kind: 'partly', between: null };
  return { kind: first.verdict === 'faster' ? 'always' : 'never', between: null };
}
