/**
 * What the questions of the suite ask for, per ffi arm, as figures, names and codes; absent where
 * the run did not measure what a question needs.
 */
import type { Arm } from '../results/schema.ts';
import type { Answer } from '../results/schema_conclusions.ts';
import type { Verdict } from '../results/schema_derived.ts';
import { canTellApart, rankSum, rankSumP } from '../stats/rank_sum.ts';
import { rounded } from '../stats/rounded.ts';
import { withoutTwins } from './arms.ts';
import { falseDiscoveryRate } from './pairs.ts';
import type { Row } from './rows.ts';
import { type Cost, type RunFigures, View } from './view.ts';

type Facts = Pick<Answer, 'figures' | 'words'> | null;

/** All answers of a run, by question, then in the order of the arms. */
export function answersOf(run: RunFigures): Answer[] {
  const arms = ffiArms(run.rows);
  return (Object.keys(questions) as Answer['question'][]).flatMap((question) =>
    arms.flatMap((arm) => {
      const facts = questions[question](new View(run, arm));
      return facts === null ? [] : [{ question, arm: arm.label, ...facts }];
    })
  );
}

const questions: Record<Answer['question'], (view: View) => Facts> = {
  Q1: crossing,
  Q2: conversion,
  Q3: keepingData,
  Q4: movingWork,
  Q5: folding,
  Q6: flatness,
  Q7: formula,
};

const converting = ['list_sum.refill', 'list_sum.from', 'list_sum.json', 'list_sum.per_element'];
const keeping = ['handle.sum', 'buffer.sum'];

/** What does one crossing cost? */
function crossing(view: View): Facts {
  const call = view.cost('call.noop');
  if (call === null) return null;
  const floor = view.floor('call.noop');
  return {
    figures: {
      crossing_ns: call.ns,
      crossing_cycles: call.cycles,
      contended_ns: call.contendedNs,
      native_call_ns: floor?.ns ?? null,
    },
    words: { against_native: floor && tellApart(view, call, floor) },
  };
}

/** Does conversion cost more than the work? */
function conversion(view: View): Facts {
  const size = view.largest(converting, 'elements');
  if (size === null) return null;
  const best = view.best(converting, { elements: size })!;
  const plain = view.plain(best.task, { elements: size });
  const work = view.best(keeping, { elements: size });
  // The work alone is another case: only where it is told to be cheaper is the rest conversion.
  const split = work === null ? 'not_measured' : splitOf(tellApart(view, work, best));
  return {
    figures: {
      elements: size,
      best_ns: best.ns,
      plain_ns: plain?.ns ?? null,
      work_ns: work?.ns ?? null,
      converting_ns: work !== null && split === 'part' ? rounded(best.ns - work.ns) : null,
    },
    words: {
      best: best.task,
      work: work?.task ?? null,
      split,
      against_plain: plain && view.verdict(best, plain),
    },
  };
}

function splitOf(workAgainstWhole: Verdict): string {
  if (workAgainstWhole === 'faster') return 'part';
  return workAgainstWhole === 'not_tested' ? 'not_tested' : 'work_not_cheaper';
}

/** What does keeping the data native, or sharing it, win? */
function keepingData(view: View): Facts {
  const size = view.largest(keeping, 'elements');
  if (size === null) return null;
  const best = view.best(keeping, { elements: size })!;
  const plain = view.plain(best.task, { elements: size });
  const list = view.best(converting, { elements: size });
  return {
    figures: {
      elements: size,
      kept_ns: best.ns,
      converted_ns: list?.ns ?? null,
      plain_ns: plain?.ns ?? null,
    },
    words: {
      best: best.task,
      converted: list?.task ?? null,
      against_converted: list && tellApart(view, best, list),
      against_plain: plain && view.verdict(best, plain),
    },
  };
}

/** One call of N against N calls of one. */
function movingWork(view: View): Facts {
  const size = view.largest(['range.loop'], 'n');
  const crossingNs = view.cost('call.noop')?.ns;
  if (size === null || crossingNs === undefined) return null;
  const one = view.cost('range.loop', { n: size })!;
  const plain = view.plain('range.loop', { n: size });
  return {
    figures: {
      n: size,
      one_call_ns: one.ns,
      crossings_ns: rounded(crossingNs * size),
      plain_ns: plain?.ns ?? null,
    },
    words: { against_plain: plain && view.verdict(one, plain) },
  };
}

/** Does the optimizer do less work for us? */
function folding(view: View): Facts {
  const size = view.largest(['range.fold'], 'n');
  if (size === null) return null;
  const folded = view.cost('range.fold', { n: size })!;
  const loop = view.cost('range.loop', { n: size });
  const looped = loop ?? view.plain('range.fold', { n: size });
  if (looped === null) return null;
  return {
    figures: {
      n: size,
      folded_ns: folded.ns,
      every_step_ns: looped.ns,
      ratio: folded.ns > 0 ? rounded(looped.ns / folded.ns) : null,
    },
    words: {
      every_step: loop ? 'compiled' : 'plain_javascript',
      against_every_step: tellApart(view, folded, looped),
    },
  };
}

/** What counts as flat: the cost at the largest size within this factor of that at the smallest. */
const flatFactor = 1.1;

/** Does the cost depend on N no longer? */
function flatness(view: View): Facts {
  const sizes = view.sizes('range.fold', 'n');
  if (sizes.length < 2) return null;
  const [least, most] = [sizes[0]!, sizes.at(-1)!];
  const first = view.cost('range.fold', { n: least })!;
  const last = view.cost('range.fold', { n: most })!;
  if (first.ns === 0 || last.ns === 0) return null;
  return {
    figures: {
      smallest: least,
      largest: most,
      smallest_ns: first.ns,
      largest_ns: last.ns,
      growth: rounded(last.ns / first.ns),
    },
    words: { shape: shapeOf(view, first, last) },
  };
}

/** Flat only where the whole interval of the growth lies within the factor, either way. */
function shapeOf(view: View, first: Cost, last: Cost): string {
  const told = tellApart(view, last, first);
  if (told === 'not_tested') return told;
  const { interval } = rankSum(last.costs.map(Math.log), first.costs.map(Math.log));
  const most = Math.log(flatFactor);
  if (interval && interval.low >= -most && interval.high <= most) return 'flat';
  if (told === 'not_resolved') return told;
  return told === 'slower' ? 'grows' : 'shrinks';
}

/** Does doing less work beat going native? */
function formula(view: View): Facts {
  const size = view.sizesOfPlain('range.formula', 'n').at(-1);
  if (size === undefined) return null;
  const plain = view.plain('range.formula', { n: size })!;
  const native = view.cost('range.loop', { n: size }) ?? view.cost('range.fold', { n: size });
  if (native === null) return null;
  return {
    figures: { n: size, formula_ns: plain.ns, native_ns: native.ns },
    words: { native: native.task, against_native: tellApart(view, plain, native) },
  };
}

/**
 * Whether one case is cheaper than another that was launched in other rounds: the exact rank-sum
 * test of their launches, at the level of the verdicts but uncorrected, since a question asks once.
 */
function tellApart(view: View, own: Cost, base: Cost): Verdict {
  const [n, m] = [own.costs.length, base.costs.length];
  if (!view.withVerdicts || !canTellApart(n, m, falseDiscoveryRate)) return 'not_tested';
  if (rankSumP(own.costs, base.costs) > falseDiscoveryRate) return 'not_resolved';
  return own.ns < base.ns ? 'faster' : 'slower';
}

/** The ffi arms, one per binary. */
function ffiArms(rows: readonly Row[]): Arm[] {
  const arms = new Map(rows.flatMap((row) => row.cases).map(({ arm }) => [arm.label, arm]));
  return withoutTwins([...arms.values()].filter(({ mechanism }) => mechanism === 'ffi'));
}
