/**
 * A run as seen from one ffi arm: what its tasks cost there, in plain JavaScript on the same
 * binary, and without JavaScript.
 */
import { sameBinary } from './pairs.ts';
import { runtimeTitle } from './recommendations.ts';
import { type CaseLaunches, keyOf, type Row } from './rows.ts';
import type { Arm } from './schema.ts';
import type { CaseFigures, Pair } from './schema_derived.ts';

/** The figures of a run that answers draw on. */
export interface Findings {
  readonly rows: readonly Row[];
  readonly figures: readonly CaseFigures[];
  readonly pairs: readonly Pair[];
}

/** Cost of one case. */
export interface Cost {
  readonly ns: number;
  readonly cycles: number | null;
  readonly own: CaseLaunches;
}

/** Cost of one of several ways. */
export interface TaskCost extends Cost {
  readonly task: string;
}

/** The run as seen from one ffi arm. */
export class View {
  readonly title: string;
  readonly #arm: Arm;
  readonly #pairs: readonly Pair[];
  readonly #cases: readonly CaseLaunches[];
  readonly #figures: ReadonlyMap<string, CaseFigures>;

  constructor({ rows, figures, pairs }: Findings, arm: Arm) {
    this.title = runtimeTitle(arm);
    this.#arm = arm;
    this.#pairs = pairs;
    this.#cases = rows.flatMap((row) => row.cases);
    this.#figures = new Map(figures.map((item) => [keyOf(item), item]));
  }

  /** Cost of a task in this arm; null where it was not measured or is folded. */
  cost(task: string, params: Readonly<Record<string, number>> = {}): Cost | null {
    return this.#cost((arm) => arm.label === this.#arm.label, task, params);
  }

  /** The same in plain JavaScript on the same binary. */
  plain(task: string, params: Readonly<Record<string, number>> = {}): Cost | null {
    return this.#cost((arm) => this.#isPlain(arm), task, params);
  }

  /** Cost in the program without JavaScript. */
  floor(task: string): number | null {
    return this.#cost((arm) => arm.runtime === 'native', task, {})?.ns ?? null;
  }

  /** The cheapest of several tasks with the same params. */
  best(tasks: readonly string[], params: Readonly<Record<string, number>>): TaskCost | null {
    const costs = tasks.flatMap((task) => {
      const cost = this.cost(task, params);
      return cost ? [{ task, ...cost }] : [];
    });
    return costs.sort((a, b) => a.ns - b.ns)[0] ?? null;
  }

  /** Values of a parameter that this arm measured, ascending. */
  sizes(task: string, param: string): number[] {
    return this.#sizes((arm) => arm.label === this.#arm.label, task, param);
  }

  /** Values of a parameter that plain JavaScript measured, ascending. */
  sizesOfPlain(task: string, param: string): number[] {
    return this.#sizes((arm) => this.#isPlain(arm), task, param);
  }

  /** Largest value of a parameter that this arm measured for any of the tasks. */
  largest(tasks: readonly string[], param: string): number | null {
    const sizes = tasks.flatMap((task) => this.sizes(task, param));
    return sizes.length === 0 ? null : Math.max(...sizes);
  }

  /** Verdict on two cases of one row; null where they were not compared. */
  verdict(native: Cost, plain: Cost): Pair['verdict'] {
    return this.#pairs.find((pair) =>
      pair.case === native.own.case.case && pair.arm === native.own.arm.label &&
      pair.base === plain.own.arm.label
    )?.verdict ?? null;
  }

  #isPlain(arm: Arm): boolean {
    return arm.mechanism === 'plain' && sameBinary(arm, this.#arm);
  }

  #cost(
    inArm: (arm: Arm) => boolean,
    task: string,
    params: Readonly<Record<string, number>>,
  ): Cost | null {
    const own = this.#cases.find((candidate) =>
      candidate.case.task === task && inArm(candidate.arm) && !candidate.case.folded &&
      Object.entries(params).every(([name, value]) => candidate.case.params[name] === value)
    );
    const figures = own && this.#figures.get(keyOf(own.case));
    if (!own || !figures?.cost_ns) return null;
    return { ns: figures.cost_ns.value, cycles: figures.cost_cycles, own };
  }

  #sizes(inArm: (arm: Arm) => boolean, task: string, param: string): number[] {
    return this.#cases.filter((own) =>
      own.case.task === task && inArm(own.arm) && own.done.length > 0 && !own.case.folded
    ).flatMap(({ case: { params } }) => {
      const size = params[param];
      return typeof size === 'number' ? [size] : [];
    }).sort((a, b) => a - b);
  }
}
