/** Family `range` in Python: the sum of 0 … n-1, by Python, by C in one call, by its formula. */
import { inPython, literal, type PythonCase, type PythonTasks } from './case.ts';

interface RangeParams extends Readonly<Record<string, number | string>> {
  readonly n: number;
}

/** The sum of 0 … n-1 as Python source. */
const want = (n: number) => literal(n * (n - 1) / 2);

/** A case from an expression that sums a range of `n`. */
export function ranging(
  { n }: { readonly n: number },
  sum: string,
  crossings: number,
  { setup = '', timed = `last = ${sum}` }: { setup?: string; timed?: string } = {},
): PythonCase {
  const asked = (length: number) => `(lambda n: ${sum})(${length})`;
  return {
    setup: `n = ${n}\nlast = -1.0\n${setup}`,
    timed,
    crossings,
    checks: [
      ['the sum', asked(n), want(n)],
      ['the sum of 0 … 9', asked(10), '45'],
      ['the sum of 0 alone', asked(1), '0'],
    ],
    after: [['the last sum', 'last', want(n)]],
  };
}

/** Steps that the interpreter takes in less than a second. */
const largestPlain = 2 ** 24;

/** The built-in sum of a range: the loop runs in the interpreter's own C. */
const plain = (params: RangeParams) => ranging(params, 'sum(range(n))', 0);
const numpy = (params: RangeParams) => ranging(params, 'np.arange(n).sum()', 0);

const steps = (step: string) =>
  ['total = 0.0', `for i in range(n): total = ${step}`, 'last = total'].join('\n');
const stepping = [
  'total = 0.0',
  'i = 0',
  'def stepped(n):',
  '    total = 0.0',
  '    for i in range(n): total = range_step(total, i)',
  '    return total',
].join('\n');

export const tasks: PythonTasks = {
  'range.loop': inPython<RangeParams>({
    largestPlain,
    native: (params) => ranging(params, 'range_loop(n)', 1),
    plain,
    numpy,
  }),
  'range.fold': inPython<RangeParams>({
    largestPlain,
    native: (params) => ranging(params, 'range_fold(n)', 1),
    // The same loop as range.loop: nothing folds it.
    plain,
  }),
  'range.formula': inPython<RangeParams>({
    plain: (params) => ranging(params, 'n * (n - 1) // 2', 0),
  }),
  'range.batch': inPython<RangeParams>({
    native: (params) =>
      ranging(params, 'stepped(n)', params.n, {
        setup: stepping,
        timed: steps('range_step(total, i)'),
      }),
    plain: (params) =>
      ranging(params, 'stepped(n)', 0, {
        setup: `def range_step(total, i): return total + i\n${stepping}`,
        timed: steps('range_step(total, i)'),
      }),
  }),
};
