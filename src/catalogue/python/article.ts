/** Family `article` in Python: what an extension does by code of its own. */
import { inPython, type PythonTasks } from './case.ts';
import { summing } from './list_sum.ts';
import { ranging } from './range.ts';

interface ListParams extends Readonly<Record<string, number | string>> {
  readonly elements: number;
}

interface RangeParams extends Readonly<Record<string, number | string>> {
  readonly compiler: 'gcc' | 'clang' | 'rustc';
  readonly n: number;
}

/** A list added up by a function that walks it, element by element, in machine code. */
const walked = ({ elements }: ListParams) => summing(elements, 'sum_list(values)', 0);

export const tasks: PythonTasks = {
  'article.nothing': inPython({
    plain: () => ({
      setup: 'def do_nothing(): pass',
      timed: 'do_nothing()',
      crossings: 0,
      checks: [],
    }),
    extension: {
      cython: () => ({ timed: 'do_nothing()', crossings: 0, checks: [] }),
      pyo3: () => ({ timed: 'do_nothing()', crossings: 0, checks: [] }),
    },
  }),
  'article.sum_list': inPython<ListParams>({
    plain: ({ elements }) => summing(elements, 'sum(values)', 0),
    extension: { cython: walked, pyo3: walked },
  }),
  'article.sum_range': inPython<RangeParams>({
    extension: {
      cython: ({ compiler, n }) =>
        compiler === 'rustc'
          ? 'Cython writes C, which rustc does not compile'
          : ranging({ n }, `sum_range_by_${compiler}(n)`, 0),
      pyo3: ({ compiler, n }) =>
        compiler === 'rustc'
          ? ranging({ n }, 'sum_range(n)', 0)
          : 'PyO3 is Rust, which rustc alone compiles',
    },
  }),
};
