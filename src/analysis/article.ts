/**
 * The article's experiments, row by row: which case of each runtime stands for it, and what that
 * costs. The article is on compiled extensions of Python; its figures are of CPython, 2021.
 */
import type { QuestionName } from '../results/schema_conclusions.ts';
import type { Arm, Document } from '../results/schema.ts';
import type { Estimate } from '../results/schema_derived.ts';

/** A case in a mechanism: what stands for an experiment in one language. */
interface Stand {
  readonly mechanism: string;
  readonly case: string;
}

/** An experiment of the article. */
export interface Experiment {
  readonly id: string;
  readonly question: QuestionName;
  /** Name of the article's figure; null where it is asked here besides. */
  readonly found: string | null;
  readonly python: Stand;
  readonly javascript: Stand;
}

const stand = (mechanism: string, name: string): Stand => ({ mechanism, case: name });

/** All of them, in the order of the article. */
export const experiments: readonly Experiment[] = [
  {
    id: 'nothing_interpreted',
    question: 'Q1',
    found: 'python_interpreted_ns',
    python: stand('plain', 'article.nothing'),
    javascript: stand('plain', 'article.nothing'),
  },
  {
    id: 'nothing_compiled',
    question: 'Q1',
    found: 'python_compiled_ns',
    python: stand('cython', 'article.nothing'),
    javascript: stand('ffi', 'call.noop'),
  },
  {
    id: 'list_built_in',
    question: 'Q2',
    found: 'python_builtin_ns',
    python: stand('plain', 'article.sum_list[1000000]'),
    javascript: stand('plain', 'article.sum_list[1000000]'),
  },
  {
    id: 'list_compiled',
    question: 'Q2',
    found: 'python_compiled_ns',
    python: stand('cython', 'article.sum_list[1000000]'),
    javascript: stand('ffi', 'article.sum_list[1000000]'),
  },
  {
    id: 'range_in_arrays',
    question: 'Q3',
    found: 'python_kept_native_ns',
    python: stand('numpy', 'range.loop[1000000]'),
    javascript: stand('ffi', 'buffer.sum[1048576]'),
  },
  {
    id: 'data_kept',
    question: 'Q3',
    found: null,
    python: stand('numpy', 'handle.sum[1000000]'),
    javascript: stand('ffi', 'handle.sum[1000000]'),
  },
  {
    id: 'range_loop',
    question: 'Q4',
    found: 'python_one_call_ns',
    python: stand('cython', 'article.sum_range[gcc,1000000]'),
    javascript: stand('ffi', 'range.loop[1000000]'),
  },
  {
    id: 'range_clang',
    question: 'Q5',
    found: null,
    python: stand('cython', 'article.sum_range[clang,1000000]'),
    javascript: stand('ffi', 'range.fold[1000000]'),
  },
  {
    id: 'range_rust',
    question: 'Q5',
    found: 'python_folded_ns',
    python: stand('pyo3', 'article.sum_range[rustc,1000000]'),
    javascript: stand('ffi', 'range.fold[1000000]'),
  },
  {
    id: 'folded_short',
    question: 'Q6',
    found: 'python_of_100_ns',
    python: stand('pyo3', 'article.sum_range[rustc,100]'),
    javascript: stand('ffi', 'range.fold[100]'),
  },
  {
    id: 'folded_long',
    question: 'Q6',
    found: 'python_of_100000000_ns',
    python: stand('pyo3', 'article.sum_range[rustc,100000000]'),
    javascript: stand('ffi', 'range.fold[100000000]'),
  },
  {
    id: 'formula',
    question: 'Q7',
    found: 'python_formula_ns',
    python: stand('plain', 'range.formula[1000000]'),
    javascript: stand('plain', 'range.formula[1000000]'),
  },
];

/** A runtime of the run, with the arms of its mechanisms. */
export interface Column {
  /** Label without the mechanism: `cpython`, `py314`, `deno`. */
  readonly label: string;
  readonly arm: Arm;
  readonly isPython: boolean;
}

/** What stands for an experiment in one column. */
export interface ArticleCell {
  readonly case: string;
  readonly arm: string;
  /** Null where it was not measured. */
  readonly cost: Estimate | null;
  readonly isFolded: boolean;
}

/** What a run found for each experiment in each of its runtimes. */
export interface ArticleFacts {
  readonly columns: readonly Column[];
  readonly rows: readonly { experiment: Experiment; cells: readonly ArticleCell[] }[];
}

/** The facts of a run; null where it has no lane of CPython. */
export function articleFacts(document: Document): ArticleFacts | null {
  const columns = columnsOf(document.arms);
  if (!columns.some(({ isPython }) => isPython)) return null;
  const rows = experiments.map((experiment) => ({
    experiment,
    cells: columns.map((column) => cellOf(document, experiment, column)),
  }));
  const isThere = rows.some(({ experiment, cells }) =>
    experiment.id === 'range_rust' && cells.some(({ cost }) => cost !== null)
  );
  return isThere ? { columns, rows } : null;
}

/** What an arm's label begins with: the label of its runtime. */
function runtimeLabel({ label, mechanism }: Arm): string {
  return label.slice(0, label.indexOf(`.${mechanism}`));
}

/** The runtimes in the order of the arms, CPython first. */
function columnsOf(arms: readonly Arm[]): Column[] {
  const named = arms.filter(({ runtime, label }) =>
    runtime !== 'native' && !label.includes('-again')
  ).map((arm) => ({
    label: runtimeLabel(arm),
    arm,
    isPython: arm.runtime === 'cpython',
  }));
  const each = [...new Map(named.toReversed().map((one) => [one.label, one])).values()];
  return each.toReversed().toSorted((a, b) => Number(b.isPython) - Number(a.isPython));
}

function cellOf(document: Document, experiment: Experiment, column: Column): ArticleCell {
  const { mechanism, case: name } = experiment[column.isPython ? 'python' : 'javascript'];
  const arm =
    document.arms.find((one) => one.mechanism === mechanism && runtimeLabel(one) === column.label)
      ?.label ?? `${column.label}.${mechanism}`;
  const isIt = (one: { case: string; arm: string }) => one.case === name && one.arm === arm;
  return {
    case: name,
    arm,
    cost: document.derived.cases.find(isIt)?.cost_ns ?? null,
    isFolded: document.cases.find(isIt)?.folded ?? false,
  };
}
