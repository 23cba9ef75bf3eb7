/**
 * Watches what a call does: what it answers, what it writes, whether a second call returns the
 * same, and whether it changed what it was given to read.
 */
import type { CallDescription } from '../catalogue/foreign.ts';
import type { OpenLane, Pointer } from '../catalogue/lane.ts';
import type { Answer, Check } from '../catalogue/task.ts';
import type { Given, Kept } from './make.ts';
import { bytesOf, sayWritten } from './memory.ts';
import { answerOf, expectedAnswer, isNull, nearlySame } from './values.ts';

/** What was seen of a call beside its answer; goes to the tool as JSON in the last known answer. */
export interface Seen {
  /** The first answers where they differ from each other, though the arguments were the same. */
  readonly answers: readonly string[];
  /** Arguments that it was given to read, and changed. */
  readonly changed: readonly string[];
  /** Whether every call returned another address. */
  readonly isFresh: boolean;
}

/** Calls by which it is seen whether a function gives the same answer again. */
export const askedCalls = 3;

/** What the last known answer of a foreign task is called. */
export const seenName = 'what was seen of the calls';

/** One call with what came of it. */
interface Witnessed {
  readonly raw: unknown;
  readonly answer: Answer;
  /** The answer, and what each target held. */
  readonly answers: readonly Answer[];
  /** Addresses that C wrote to slots. */
  readonly slots: readonly bigint[];
}

const noPromise = 'The JavaScript function returns a promise: --against takes one that returns ' +
  'its answer at once.';

/** A call that is watched. */
export interface Witness {
  check(): Check[];
  /** What the last call that was timed answered. */
  after(last: Answer): Check[];
}

/** Watches a call of one lane, or of JavaScript alone. */
export function watch(
  { signature: { result }, expect }: CallDescription,
  lane: OpenLane | null,
  call: () => unknown,
  given: Given,
  precision: 'exact' | 'near',
  errno?: () => number,
): Witness {
  const targets = given.kept.filter(({ isTarget }) => isTarget);
  const names = [
    'the answer',
    ...targets.map(({ name }) => `${name} after the call`),
    ...(errno === undefined ? [] : ['errno']),
  ];
  const once = (): Witnessed => {
    restore(given.kept);
    const raw = call();
    const codes = errno === undefined ? [] : [errno()];
    const answer = answerOf(result, raw, lane);
    if (raw instanceof Promise) throw new Error(noPromise);
    const slots = given.kept.filter(({ isSlot }) => isSlot)
      .map(({ memory }) => (memory as BigUint64Array)[0]!);
    return { raw, answer, answers: [answer, ...targets.map(sayTarget), ...codes], slots };
  };
  const isNear = precision === 'near' && (result === 'f32' || result === 'f64');
  const isSame = (a: Answer, b: Answer) =>
    Object.is(a, b) || (isNear && nearlySame(a as number, b as number));
  let wanted: readonly Answer[] | null = null;
  let seen: Seen = { answers: [], changed: [], isFresh: false };
  const hasState = () => seen.answers.length > 0 || seen.changed.length > 0;
  const checkOf = (what: string, got: Answer, want: Answer): Check => {
    if (hasState() || expect === 'any') return { what, got };
    // A double that is near enough counts as the one that is wanted.
    return { what, got, want: isSame(got, want) ? got : want };
  };
  const first = () => {
    const calls = Array.from({ length: askedCalls }, once);
    const { answers } = calls[0]!;
    seen = seenOf(calls, given.kept, lane, isSame);
    wanted = expect === null || expect === 'any'
      ? answers
      : [expectedAnswer(result, expect), ...answers.slice(1)];
    // What was expected is compared with the first answer, also where later ones differ.
    const isExpected = expect !== null && expect !== 'any';
    return answers.map((got, i) =>
      isExpected && i === 0
        ? { what: names[0]!, got, want: isSame(got, wanted![0]!) ? got : wanted![0]! }
        : checkOf(names[i]!, got, wanted![i]!)
    );
  };
  return {
    check() {
      const checks = wanted === null
        ? first()
        : once().answers.map((got, i) => checkOf(names[i]!, got, wanted![i]!));
      return [...checks, { what: seenName, got: JSON.stringify(seen) }];
    },
    after: (last) => [checkOf('the last answer that was timed', last, wanted![0]!)],
  };
}

/** Puts back what the memory of all arguments held at first. */
function restore(kept: readonly Kept[]): void {
  for (const { memory, before } of kept) bytesOf(memory).set(before);
}

/** What a target holds; of a slot, only whether C wrote an address, which no two lanes share. */
function sayTarget({ memory, before, isSlot }: Kept): string {
  if (isSlot) return (memory as BigUint64Array)[0] === 0n ? 'null' : 'an address';
  return sayWritten(memory, before);
}

function seenOf(
  calls: readonly Witnessed[],
  kept: readonly Kept[],
  lane: OpenLane | null,
  isSame: (a: Answer, b: Answer) => boolean,
): Seen {
  const [one] = calls;
  const differs = calls.some(({ answers }) =>
    answers.some((answer, i) => !isSame(answer, one!.answers[i]!))
  );
  const changed = kept.filter(({ isTarget, memory, before }) =>
    !isTarget && sayWritten(memory, before) !== 'unchanged'
  );
  // Sorting in place, for instance: what is timed after the first call is another question.
  const inPlace = kept.filter(({ isTarget, isSlot, isCell, memory, before }) =>
    isTarget && !isSlot && !isCell && before.some((byte) => byte !== 0) &&
    sayWritten(memory, before) !== 'unchanged'
  );
  return {
    answers: differs ? calls.map(({ answers }) => answers.map(String).join(', ')) : [],
    changed: [...changed, ...inPlace].map(({ name }) => name),
    isFresh: isFresh(calls, lane) ||
      one!.slots.some((first, i) =>
        first !== 0n && calls.slice(1).every(({ slots }) => slots[i] !== first)
      ),
  };
}

/** Whether each call returned an address, and not the same. */
function isFresh(calls: readonly Witnessed[], lane: OpenLane | null): boolean {
  const [one] = calls;
  return calls.every(({ raw, answer }) => answer === 'an address' && !isNull(raw)) &&
    calls.slice(1).some(({ raw }) => lane !== null && !same(lane, raw, one!.raw));
}

function same(lane: OpenLane, a: unknown, b: unknown): boolean {
  return lane.samePointer(a as Pointer, b as Pointer);
}
