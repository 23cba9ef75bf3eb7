/** What the questions of the suite found, as one sentence per question and ffi arm. */
import type { Arm } from '../../results/schema.ts';
import type { Answer } from '../../results/schema_conclusions.ts';
import { countOf, runtimeTitle } from './arms.ts';
import { formatCount, formatNs, formatSize } from './numbers.ts';
import { timesText } from './verdicts.ts';

/** The sentence of an answer; `arms` are those of its document. */
export function answerSentence(answer: Answer, arms: readonly Arm[]): string {
  const arm = arms.find(({ label }) => label === answer.arm);
  return `On ${arm ? runtimeTitle(arm) : answer.arm} ${sentences[answer.question](answer)}`;
}

const sentences: Record<Answer['question'], (answer: Answer) => string> = {
  Q1: crossing,
  Q2: conversion,
  Q3: keepingData,
  Q4: movingWork,
  Q5: folding,
  Q6: flatness,
  Q7: formula,
};

/** Figures that the sentence cannot do without. */
function figure({ figures, question }: Answer, name: string): number {
  const value = figures[name];
  if (typeof value === 'number') return value;
  throw new RangeError(`The answer to ${question} has no figure "${name}".`);
}

function crossing(answer: Answer): string {
  const { crossing_cycles: cycles, contended_ns: busy, native_call_ns: native } = answer.figures;
  const inCycles = typeof cycles === 'number' ? `, ${formatSize(cycles)} clock cycles` : '';
  const onBusy = typeof busy === 'number' ? ` (${formatNs(busy)} on a busy core)` : '';
  const cost = `one crossing costs ${formatNs(figure(answer, 'crossing_ns'))}${inCycles}${onBusy}`;
  if (typeof native !== 'number') return `${cost}.`;
  const against = answer.words.against_native === 'slower' ? '' : ', which is not told to be less';
  return `${cost}; a call from C to C through a pointer costs ${formatNs(native)}${against}.`;
}

function conversion(answer: Answer): string {
  const { best, split } = answer.words;
  const { work_ns: work, converting_ns: converting } = answer.figures;
  const whole = `summing a list of ${countOf(figure(answer, 'elements'), 'numbers')} takes ` +
    `${formatNs(figure(answer, 'best_ns'))} by ${best}`;
  return `${whole}${splitText(split ?? null, work ?? null, converting ?? null)}. ${
    plainText(answer, 'best_ns')
  }`;
}

function splitText(split: string | null, work: number | null, converting: number | null): string {
  if (work === null) return '';
  const alone = `the ${formatNs(work)} that the work alone takes over data in memory`;
  if (split === 'not_tested') return `; it is not tested against ${alone}`;
  if (split !== 'part' || converting === null) return `, which is not told apart from ${alone}`;
  return `, of which the work takes ${formatNs(work)} and converting ${formatNs(converting)}: ` +
    `converting costs ${converting > work ? 'more' : 'less'} than the work`;
}

function keepingData(answer: Answer): string {
  const kept = figure(answer, 'kept_ns');
  const { converted_ns: converted } = answer.figures;
  const against = typeof converted !== 'number'
    ? ''
    : `, ${
      timesText(converted / kept, answer.words.against_converted ?? null, {
        faster: 'less than',
        slower: 'more than',
        same: 'not told apart from',
      })
    } converting it for each call (${answer.words.converted}: ${formatNs(converted)})`;
  return `summing ${countOf(figure(answer, 'elements'), 'numbers')} that already lie in memory ` +
    `takes ${formatNs(kept)} by ${answer.words.best}${against}. ${plainText(answer, 'kept_ns')}`;
}

function movingWork(answer: Answer): string {
  const size = formatCount(figure(answer, 'n'));
  return `one call that takes ${size} steps costs ${formatNs(figure(answer, 'one_call_ns'))}; as ` +
    `${size} calls, the crossings alone would cost ${formatNs(figure(answer, 'crossings_ns'))}. ` +
    plainText(answer, 'one_call_ns');
}

/** A loop that is folded takes at most half as long; less may be another loop of machine code. */
const leastFold = 2;

function folding(answer: Answer): string {
  const folded = figure(answer, 'folded_ns');
  const every = figure(answer, 'every_step_ns');
  const source = answer.words.every_step === 'compiled'
    ? 'the same loop, compiled so that it takes every step,'
    : 'the loop in plain JavaScript, which takes every step,';
  const judged = foldingText(answer.words.against_every_step ?? null, every / folded);
  return `the loop over ${formatCount(figure(answer, 'n'))} that the C compiler may fold takes ` +
    `${formatNs(folded)}; ${source} takes ${formatNs(every)}: ${judged}.`;
}

function foldingText(verdict: string | null, ratio: number): string {
  if (verdict === 'not_tested' || verdict === null) return 'too few launches to test';
  return verdict === 'faster' && ratio > leastFold
    ? 'the compiler does the work ahead'
    : 'the compiler does no less work, as far as this run can tell';
}

const shapes: Readonly<Record<string, string>> = {
  flat: 'flat, within 10 %',
  grows: 'it grows',
  shrinks: 'it shrinks',
  not_resolved: 'this run cannot tell whether it changes',
  not_tested: 'too few launches to test',
};

function flatness(answer: Answer): string {
  return `the folded loop costs ${formatNs(figure(answer, 'smallest_ns'))} at ` +
    `${formatCount(figure(answer, 'smallest'))} and ${formatNs(figure(answer, 'largest_ns'))} at ` +
    `${formatCount(figure(answer, 'largest'))}: ${shapes[answer.words.shape ?? 'not_resolved']}.`;
}

function formula(answer: Answer): string {
  const plain = formatNs(figure(answer, 'formula_ns'));
  const native = `${answer.words.native}: ${formatNs(figure(answer, 'native_ns'))}`;
  const verb = {
    faster: 'beats',
    slower: 'does not beat',
    not_resolved: 'is not told apart from',
    not_tested: 'is not tested against',
  }[answer.words.against_native ?? 'not_tested'];
  return `the formula in plain JavaScript (${plain}) ${verb} going native for ` +
    `${countOf(figure(answer, 'n'), 'steps')} (${native}).`;
}

/** "Plain JavaScript takes 99 µs: going native is 2.00 times faster." */
function plainText(answer: Answer, native: string): string {
  const { plain_ns: plain } = answer.figures;
  if (typeof plain !== 'number') {
    return 'There is no plain JavaScript to compare with in this run.';
  }
  const verdict = answer.words.against_plain ?? 'not_tested';
  const start = `Plain JavaScript takes ${formatNs(plain)}`;
  if (verdict === 'not_tested') return `${start}; which is faster is not tested.`;
  if (verdict === 'not_resolved') return `${start}: this run cannot tell which is faster.`;
  return `${start}: going native is ${
    timesText(plain / figure(answer, native), verdict, {
      faster: 'faster',
      slower: 'slower',
      same: 'as fast',
    })
  }.`;
}
