/**
 * Asks every lane for its answer before anything is timed: where they differ there is nothing that
 * could be compared, and a prototype that does not match shows here, by a crash or by nonsense.
 */
import { availableParallelism } from 'node:os';
import { launchWorker } from '../launching/launch.ts';
import type { PlannedCase } from '../planning/plan.ts';
import { orderOf, workerCommand } from '../launching/command.ts';
import type { Session } from '../session/prepare.ts';
import { launchLimits } from '../planning/settings.ts';
import { blockingMs, causeOf, type Ending } from './causes.ts';
import { closeEnough, nearlySame, unitsBetween } from './values.ts';
import type { Seen } from './witness.ts';

/** What one lane answered to one case; or why it did not. */
export interface LaneAnswer extends Ending {
  readonly planned: PlannedCase;
  readonly answers: readonly string[] | null;
  /** What was seen beside the answers; null of a task that is not watched. */
  readonly seen: Seen | null;
  /** How long the process took, its start and a few calls together, in ms. */
  readonly elapsedMs: number;
}

/** Asks all cases of other libraries, in every lane that can, one process each. */
export async function askAll(
  checkout: string,
  { cases, workers }: Session,
  abort: AbortSignal,
): Promise<LaneAnswer[]> {
  const answers: LaneAnswer[] = [];
  const asked = cases.filter(({ entry, reason }) => entry.task.foreign && reason === null);
  // Nothing is timed, so that as many may run as there are cores.
  const queue = [...asked];
  const work = async () => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      if (abort.aborted) return;
      answers.push(await askOne(checkout, workers, next, abort));
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, work));
  return asked.flatMap((planned) => answers.find((one) => one.planned === planned) ?? []);
}

/** Asks one case in one lane. */
async function askOne(
  checkout: string,
  workers: Session['workers'],
  planned: PlannedCase,
  abort: AbortSignal,
): Promise<LaneAnswer> {
  const start = performance.now();
  const result = await launchWorker(
    workerCommand(checkout, workers, planned),
    orderOf(planned, { mode: 'contract', callsPerBatch: 1, durationNs: 0, instrument: '' }),
    { ...launchLimits, timeoutMs: blockingMs },
    abort,
  );
  const said = result.messages.find((message) => message.type === 'verified');
  const { outcome, reason, signal, exitCode, stderrTail } = result;
  const isGood = outcome === 'done' && said?.type === 'verified';
  return {
    planned,
    ...(isGood ? taken(said.answers, planned) : { answers: null, seen: null }),
    elapsedMs: performance.now() - start,
    outcome,
    reason,
    signal,
    exitCode,
    stderrTail,
  };
}

/** The answers of a worker; the last of a described call is what was seen besides. */
function taken(answers: readonly string[], { entry }: PlannedCase) {
  if (entry.task.foreign?.description == null) return { answers, seen: null };
  const seen = JSON.parse(JSON.parse(answers.at(-1)!) as string) as Seen;
  return { answers: answers.slice(0, -1), seen };
}

/** What must be said before anything is measured. */
export interface Agreement {
  /** Sentences on lanes that differ, or that no answer came from at all: nothing is measured. */
  readonly refusals: readonly string[];
  /** Sentences on single lanes that gave none while others did. */
  readonly warnings: readonly string[];
}

/** Holds the answers of the lanes against each other, case by case. */
export function compareAnswers(all: readonly LaneAnswer[]): Agreement {
  const refusals: string[] = [];
  const warnings: string[] = [];
  for (const [name, own] of Map.groupBy(all, ({ planned }) => planned.entry.name)) {
    const answered = own.filter(({ answers }) => answers !== null);
    const silent = own.filter(({ answers }) => answers === null).map(silence);
    if (answered.length === 0) {
      refusals.push(`No lane gave an answer to ${name} that can be measured:`, ...new Set(silent));
      refusals.push(...causes(own));
      continue;
    }
    warnings.push(...silent);
    warnings.push(...causes(own));
    const [first] = answered;
    warnings.push(...nearAnswers(first!, answered));
    if (answered.every((one) => isSame(first!, one))) continue;
    refusals.push(
      `The lanes do not give the same answer to ${name}, so that there is nothing to compare:`,
      ...answered.map(({ planned, answers }) =>
        `  ${planned.arm.label.padEnd(12)} ${answers!.join(', ')}`
      ),
      whyDifferent(answered),
    );
  }
  return { refusals: [...new Set(refusals)], warnings: [...new Set(warnings)] };
}

/** What is said of JavaScript whose answer is the same but for its last digits. */
function nearAnswers(first: LaneAnswer, answered: readonly LaneAnswer[]): string[] {
  return answered.filter((one) => isSame(first, one) && one.answers![0] !== first.answers![0])
    .map((one) => {
      const [a, b] = [first.answers![0]!, one.answers![0]!];
      const units = unitsBetween(Number(a), Number(b));
      return `${one.planned.arm.label} answers ${b}, ${first.planned.arm.label} ${a}: ${units} ` +
        `units in the last place apart. Up to ${closeEnough} of an answer counts as the same.`;
    });
}

/** Why lanes may differ: JavaScript that does something else, or a prototype that is not it. */
function whyDifferent(answered: readonly LaneAnswer[]): string {
  const native = answered.filter(({ planned }) => planned.arm.row.mechanism !== 'plain');
  if (differsInErrnoAlone(answered)) {
    return 'They differ in errno alone: a runtime that calls the system between the call and its ' +
      'reading overwrites it. Leave that lane out by --lane, or read errno inside the library.';
  }
  const isNativeOne = native.every((one) => isSame(native[0]!, one));
  return isNativeOne && native.length < answered.length
    ? 'The JavaScript function (--against) does not do what the library does with these arguments.'
    : 'A prototype that does not match the function is one cause; a function whose answer ' +
      'changes by itself, such as a clock, another: "--expect any" measures that all the same.';
}

/** Whether everything but errno, which comes last, is the same in all lanes. */
function differsInErrnoAlone(answered: readonly LaneAnswer[]): boolean {
  const [first] = answered;
  if (!first?.planned.entry.task.foreign?.description?.readsErrno) return false;
  const withoutErrno = ({ answers }: LaneAnswer) => answers!.slice(0, -1).join();
  return answered.every((one) => withoutErrno(one) === withoutErrno(first));
}

/** The causes of what ended badly, once each. */
function causes(all: readonly LaneAnswer[]): string[] {
  return [...new Set(all.flatMap((one) => causeOfEnding(one) ?? []))];
}

function causeOfEnding(one: LaneAnswer): string | null {
  return causeOf(one, one.planned.entry.task.foreign?.description ?? null);
}

function silence({ planned, reason, outcome }: LaneAnswer): string {
  const why = (reason ?? outcome).split('\n')[0];
  return `  ${planned.arm.label.padEnd(12)} ${planned.entry.name}: ${outcome}. ${why}`;
}

/** The same text; floating-point answers of JavaScript alone may differ in their last digits. */
function isSame(a: LaneAnswer, b: LaneAnswer): boolean {
  const expect = a.planned.entry.task.foreign?.description?.expect;
  if (expect === 'any' || a === b) return true;
  const isPlain = [a, b].some(({ planned }) => planned.arm.row.mechanism === 'plain');
  const result = a.planned.entry.task.foreign?.description?.signature.result;
  const isFloat = result === 'f32' || result === 'f64';
  return a.answers!.length === b.answers!.length && a.answers!.every((answer, i) => {
    const other = b.answers![i]!;
    return answer === other ||
      (i === 0 && isPlain && isFloat && nearlySame(Number(answer), Number(other)));
  });
}
