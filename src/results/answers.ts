/**
 * Answers to the questions of the suite, one sentence per question and ffi arm, computed from the
 * figures: never written by hand, and absent where the run did not measure what they need.
 */
import { pickQuantile } from '../stats/estimators.ts';
import { rankSum } from '../stats/rank_sum.ts';
import { formatCount, formatNs, formatRatio, formatSize } from './format.ts';
import { areTwins } from './pairs.ts';
import { rounded } from './rounded.ts';
import { questions } from './questions.ts';
import type { Row } from './rows.ts';
import type { Arm } from './schema.ts';
import type { Answer } from './schema_findings.ts';
import { type Cost, type Findings, type TaskCost, View } from './view.ts';

type Draft = Pick<Answer, 'sentence' | 'figures'> | null;

/** All answers of a run, by question, then in the order of the arms. */
export function answersOf(findings: Findings): Answer[] {
  const arms = ffiArms(findings.rows);
  return (Object.keys(drafts) as Answer['question'][]).flatMap((question) =>
    arms.flatMap((arm) => {
      const draft = drafts[question](new View(findings, arm));
      if (draft === null) return [];
      const figures = { ...draft.figures, ...questions[question].figures };
      return [{ question, arm: arm.label, ...draft, figures }];
    })
  );
}

const drafts: Record<Answer['question'], (view: View) => Draft> = {
  Q1: crossing,
  Q2: conversion,
  Q3: keepingData,
  Q4: movingWork,
  Q5: folding,
  Q6: flatness,
  Q7: formula,
};

/** What does one crossing cost? */
function crossing(view: View): Draft {
  const call = view.cost('call.noop');
  if (call === null) return null;
  const floor = view.floor('call.noop');
  const inCycles = call.cycles === null ? '' : `, ${formatSize(call.cycles)} clock cycles`;
  const against = floor === null ? '' : `; from C to C through a pointer it is ${formatNs(floor)}`;
  return {
    sentence: `On ${view.title} one crossing costs ${formatNs(call.ns)}${inCycles}${against}.`,
    figures: { crossing_ns: call.ns, crossing_cycles: call.cycles, native_call_ns: floor },
  };
}

/** Is converting the data dearer than the work? */
function conversion(view: View): Draft {
  const ways = ['list_sum.refill', 'list_sum.from', 'list_sum.json', 'list_sum.per_element'];
  const size = view.largest(ways, 'elements');
  if (size === null) return null;
  const best = view.best(ways, { elements: size })!;
  const plain = view.plain(best.task, { elements: size });
  const work = view.best(['handle.sum', 'buffer.sum'], { elements: size });
  const converting = work === null ? null : Math.max(0, best.ns - work.ns);
  const split = work === null
    ? ''
    : `, of which the work takes ${formatNs(work.ns)} and converting ${formatNs(converting!)}: ` +
      `converting is ${converting! > work.ns ? 'dearer' : 'cheaper'} than the work`;
  return {
    sentence: `On ${view.title} summing an ordinary list of ${formatCount(size)} numbers takes ` +
      `${formatNs(best.ns)} by ${best.task}${split}. ${comparedWithPlain(view, best, plain)}`,
    figures: {
      elements: size,
      best_ns: best.ns,
      plain_ns: plain?.ns ?? null,
      work_ns: work?.ns ?? null,
      converting_ns: converting === null ? null : rounded(converting),
    },
  };
}

/** What does keeping the data native, or sharing it, win? */
function keepingData(view: View): Draft {
  const kept = ['handle.sum', 'buffer.sum'];
  const size = view.largest(kept, 'elements');
  if (size === null) return null;
  const best = view.best(kept, { elements: size })!;
  const plain = view.plain(best.task, { elements: size });
  const lists = ['list_sum.refill', 'list_sum.from', 'list_sum.json', 'list_sum.per_element'];
  const list = view.best(lists, { elements: size });
  const against = list === null
    ? ''
    : `, ${formatRatio(list.ns / best.ns)} times less than converting it for each call ` +
      `(${list.task}: ${formatNs(list.ns)})`;
  return {
    sentence: `On ${view.title} summing ${formatCount(size)} numbers that already lie in memory ` +
      `takes ${formatNs(best.ns)} by ${best.task}${against}. ` +
      comparedWithPlain(view, best, plain),
    figures: {
      elements: size,
      kept_ns: best.ns,
      converted_ns: list?.ns ?? null,
      plain_ns: plain?.ns ?? null,
    },
  };
}

/** One call of N against N calls of one. */
function movingWork(view: View): Draft {
  const size = view.largest(['range.loop'], 'n');
  const crossingNs = view.cost('call.noop')?.ns;
  if (size === null || crossingNs === undefined) return null;
  const one = view.cost('range.loop', { n: size })!;
  const plain = view.plain('range.loop', { n: size });
  return {
    sentence: `On ${view.title} one call that takes ${formatCount(size)} steps costs ` +
      `${formatNs(one.ns)}; as ${formatCount(size)} calls, the crossings alone would cost ` +
      `${formatNs(crossingNs * size)}. ` +
      comparedWithPlain(view, { task: 'range.loop', ...one }, plain),
    figures: {
      n: size,
      one_call_ns: one.ns,
      crossings_ns: rounded(crossingNs * size),
      plain_ns: plain?.ns ?? null,
    },
  };
}

/** Does the optimizer do less work for us? */
function folding(view: View): Draft {
  const size = view.largest(['range.fold'], 'n');
  if (size === null) return null;
  const folded = view.cost('range.fold', { n: size })!;
  const looped = view.cost('range.loop', { n: size }) ?? view.plain('range.fold', { n: size });
  if (looped === null) return null;
  const ratio = looped.ns / folded.ns;
  const does = ratio > 2 ? 'it does less work' : 'it does the same work';
  return {
    sentence: `On ${view.title} the loop over ${formatCount(size)} that the C compiler may fold ` +
      `takes ${formatNs(folded.ns)} where taking every step takes ${formatNs(looped.ns)}: ${does}` +
      `${ratio > 2 ? `, ${formatRatio(ratio)} times less` : ''}.`,
    figures: { n: size, folded_ns: folded.ns, every_step_ns: looped.ns, ratio: rounded(ratio) },
  };
}

/** What may be called flat: the largest size over the smallest. */
const flatGrowth = 1.1;
/** Chance of a difference as great between two sizes of one cost, above which it is none. */
const chance = 0.05;

/** Does the cost depend on N no longer? */
function flatness(view: View): Draft {
  const sizes = view.sizes('range.fold', 'n');
  if (sizes.length < 2) return null;
  const [least, most] = [sizes[0]!, sizes.at(-1)!];
  const [first, last] = [
    view.cost('range.fold', { n: least })!,
    view.cost('range.fold', { n: most })!,
  ];
  const growth = last.ns / first.ns;
  const { p } = rankSum(logCosts(last), logCosts(first));
  const grows = p < chance
    ? `it grows ${formatRatio(growth)} times`
    : 'this run cannot tell whether it grows';
  return {
    sentence: `On ${view.title} the folded loop costs ${formatNs(first.ns)} at ` +
      `${formatCount(least)} and ${formatNs(last.ns)} at ${formatCount(most)}: ` +
      `${growth <= flatGrowth ? 'flat' : grows}.`,
    figures: { smallest: least, largest: most, growth: rounded(growth) },
  };
}

function logCosts({ own }: Cost): number[] {
  return pickQuantile(own.done.map(({ measured }) => measured), 'p10').map(Math.log);
}

/** Does doing less work beat going native? */
function formula(view: View): Draft {
  const size = view.sizesOfPlain('range.formula', 'n').at(-1);
  if (size === undefined) return null;
  const plain = view.plain('range.formula', { n: size })!;
  const loop = view.cost('range.loop', { n: size });
  const native = loop ?? view.cost('range.fold', { n: size });
  if (native === null) return null;
  const task = loop ? 'range.loop' : 'range.fold';
  const verb = plain.ns < native.ns ? 'beats' : 'does not beat';
  return {
    sentence: `On ${view.title} the formula in plain JavaScript (${formatNs(plain.ns)}) ${verb} ` +
      `going native for ${formatCount(size)} steps (${task}: ${formatNs(native.ns)}).`,
    figures: { n: size, formula_ns: plain.ns, native_ns: native.ns },
  };
}

/** "Plain JavaScript takes 99 µs: faster." with the verdict of the pair where there is one. */
function comparedWithPlain(view: View, native: TaskCost, plain: Cost | null): string {
  if (plain === null) return 'There is no plain JavaScript to compare with in this run.';
  const ratio = plain.ns / native.ns;
  const verdict = view.verdict(native, plain);
  const times = formatRatio(Math.max(ratio, 1 / ratio));
  const judged = verdict === 'not_resolved'
    ? 'this run cannot tell which is faster'
    : `going native is ${times} times ${ratio > 1 ? 'faster' : 'slower'}`;
  return `Plain JavaScript takes ${formatNs(plain.ns)}: ${judged}.`;
}

/** The ffi arms, one per binary. */
function ffiArms(rows: readonly Row[]): Arm[] {
  const arms = new Map(rows.flatMap((row) => row.cases).map(({ arm }) => [arm.label, arm]));
  const all = [...arms.values()].filter(({ mechanism }) => mechanism === 'ffi');
  return all.filter((arm, index) => !all.slice(0, index).some((other) => areTwins(other, arm)));
}
