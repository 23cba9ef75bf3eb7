/** Compares known answers, and shows values so that unlike ones look unlike. */
import type { Answer, Check } from '../catalogue/task.ts';
import type { WrongAnswer } from './protocol.ts';

/** The checks whose answer is not the known one, ready to be shown. */
export function wrongAnswers(checks: readonly Check[]): WrongAnswer[] {
  return checks.flatMap(({ what, got, want }) =>
    want === undefined || Object.is(got, want) ? [] : [{ what, got: show(got), want: show(want) }]
  );
}

/** How many of the answers were compared with a known one. */
export function countCompared(checks: readonly Check[]): number {
  return checks.filter(({ want }) => want !== undefined).length;
}

/** A sentence on the first wrong answer. */
export function sayWrong([first]: readonly WrongAnswer[], when: string): string {
  return `A known answer was wrong ${when}: ${first!.what} gave ${first!.got}, not ${first!.want}.`;
}

/** A sentence where other than the expected number of calls arrived, or null. */
export function whyMiscounted(arrived: number, expected: number): string | null {
  if (arrived === expected) return null;
  return `${arrived} calls arrived in the library where ${expected} were timed: the engine left ` +
    'calls out, or made others.';
}

/** A value as text: `1n`, `-0`, `"1"` and `1` differ. */
export function show(value: Answer): string {
  if (typeof value === 'bigint') return `${value}n`;
  if (Object.is(value, -0)) return '-0';
  return typeof value === 'number' ? String(value) : JSON.stringify(value);
}
