/**
 * A run as seen from one ffi arm: what its tasks cost there, in plain JavaScript on the same
 * binary, and without JavaScript.
 */
import { keyOf } from '../results/keys.ts';
import type { Arm } from '../results/schema.ts';
import type { CaseFigures, Estimate, Pair, Verdict } from '../results/schema_derived.ts';
import type { Estimator } from '../stats/estimators.ts';
import { sameBinary } from './arms.ts';
import { type CaseLaunches, costsOf, type Row } from './rows.ts';

/** The figures of a run that answers draw on. */
export interface RunFigures {
  readonly rows: readonly Row[];
  readonly figures: readonly CaseFigures[];
  readonly pairs: readonly Pair[];
  readonly withVerdicts: boolean;
  readonly estimator: Estimator;
}

/** Cost of one case. */
export interface Cost {
  readonly task: string;
  readonly case: string;
  readonly arm: string;
  readonly ns: number;
  readonly cycles: number | null;
  /** On a core that something else has too. */
  readonly contendedNs: number | null;
  readonly estimate: Estimate;
  /** Costs of its launches that are over zero, in ns. */
  readonly costs: readonly number[];
}

type Sizes = Readonly<Record<string, number>>;

/** The run as seen from one ffi arm. */
export class View {
  readonly withVerdicts: boolean;
  readonly #arm: Arm;
  readonly #run: RunFigures;
  readonly #cases: readonly CaseLaunches[];
  readonly #figures: ReadonlyMap<string, CaseFigures>;

  constructor(run: RunFigures, arm: Arm) {
    this.withVerdicts = run.withVerdicts;
    this.#arm = arm;
    this.#run = run;
    this.#cases = run.rows.flatMap((row) => row.cases);
    this.#figures = new Map(run.figures.map((item) => [keyOf(item), item]));
  }

  /** Cost of a task in this arm; null where it was not measured or is folded. */
  cost(task: string, params: Sizes = {}): Cost | null {
    return this.#cost((arm) => arm.label === this.#arm.label, task, params);
  }

  /** The same in plain JavaScript on the same binary. */
  plain(task: string, params: Sizes = {}): Cost | null {
    return this.#cost((arm) => this.#isPlain(arm), task, params);
  }

  /** Cost in the program without JavaScript. */
  floor(task: string): Cost | null {
    return this.#cost((arm) => arm.runtime === 'native', task, {});
  }

  /** The cheapest of several tasks with the same params. */
  best(tasks: readonly string[], params: Sizes): Cost | null {
    const costs = tasks.map((task) => this.cost(task, params)).filter((cost) => cost !== null);
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

  /** What the pair of two cases of one row says; `not_tested` where they were not compared. */
  verdict(own: Cost, base: Cost): Verdict {
    return this.#run.pairs.find((pair) =>
      pair.case === own.case && pair.arm === own.arm && pair.base === base.arm
    )?.verdict ?? 'not_tested';
  }

  #isPlain(arm: Arm): boolean {
    return arm.mechanism === 'plain' && sameBinary(arm, this.#arm);
  }

  #cost(inArm: (arm: Arm) => boolean, task: string, params: Sizes): Cost | null {
    const own = this.#cases.find((candidate) =>
      candidate.case.task === task && inArm(candidate.arm) && !candidate.case.folded &&
      Object.entries(params).every(([name, value]) => candidate.case.params[name] === value) &&
      this.#figures.get(keyOf(candidate.case))?.cost_ns
    );
    const figures = own && this.#figures.get(keyOf(own.case));
    if (!own || !figures?.cost_ns) return null;
    return {
      task,
      case: own.case.case,
      arm: own.arm.label,
      ns: figures.cost_ns.value,
      cycles: figures.cost_cycles,
      contendedNs: figures.contended_ns?.value ?? null,
      estimate: figures.cost_ns,
      costs: costsOf(own, this.#run.estimator).filter((cost) => cost > 0),
    };
  }

  #sizes(inArm: (arm: Arm) => boolean, task: string, param: string): number[] {
    return this.#cases.filter((own) =>
      own.case.task === task && inArm(own.arm) && !own.case.folded &&
      this.#figures.get(keyOf(own.case))?.cost_ns
    ).flatMap(({ case: { params } }) => {
      const size = params[param];
      return typeof size === 'number' ? [size] : [];
    }).sort((a, b) => a - b);
  }
}
