/** Puts into sentences what functions answered, and what speaks against an answer. */
import type { CallDescription } from '../catalogue/foreign.ts';
import { caseName } from '../catalogue/task.ts';
import type { LaneAnswer } from './agreement.ts';
import { impossiblePath } from './defaults.ts';
import { sayErrno } from './errno.ts';
import { askedCalls } from './witness.ts';
import type { PlannedCall } from './plan.ts';

/** A process that takes longer to be asked, start included, is of a slow function, in ms. */
const slowMs = 2500;

/** Sentences on the answers of all functions, and warnings on those that look wrong. */
export interface SaidAnswers {
  /** Once where lanes agree, side by side where they do not. */
  readonly answers: readonly string[];
  readonly warnings: readonly string[];
}

/** What all lanes answered, case by case. */
export function sayAnswers(
  all: readonly LaneAnswer[],
  calls: readonly PlannedCall[],
): SaidAnswers {
  const answers: string[] = [];
  const warnings: string[] = [];
  for (const [name, own] of Map.groupBy(all, ({ planned }) => planned.entry.name)) {
    const answered = own.filter((one) => one.answers !== null);
    const description = own[0]!.planned.entry.task.foreign?.description ?? null;
    if (answered.length === 0 || description === null || !description.id.startsWith('foreign.')) {
      continue;
    }
    const shown = showName(name, description);
    const byText = Map.groupBy(answered, (one) => readable(one, description));
    for (const [text, lanes] of byText) {
      const where = byText.size === 1 ? '' : ` in ${lanes.map(labelOf).join(', ')}`;
      answers.push(`${shown} ${text}${where}`);
    }
    const call = calls.find((one) => one.description.id === description.id);
    warnings.push(...doubts(shown, answered, description, call));
  }
  return { answers, warnings: [...new Set(warnings)] };
}

function labelOf({ planned }: LaneAnswer): string {
  return planned.arm.label;
}

function showName(name: string, { id, exported }: CallDescription): string {
  return name === caseName(id, {}) ? exported : name.replace(/^foreign\./, '');
}

/** `returns 3; buf: 12 of 4096 bytes, 78 9c …`. */
function readable({ answers }: LaneAnswer, description: CallDescription): string {
  const { signature, parameters, readsErrno } = description;
  const [answer, ...written] = answers!;
  const failed = readsErrno ? [sayErrno(Number(written.at(-1)))] : [];
  const targets = parameters.filter(({ isTarget, recipe }) => isTarget && hasMemory(recipe.from));
  const returned = signature.result === 'void'
    ? 'returns nothing'
    : `returns ${plain(answer!, signature.result === 'cstring')}`;
  const buffers = targets.map(({ name }, i) => `${name}: ${plain(written[i] ?? '', false)}`);
  return [returned, ...failed, ...buffers].join('; ');
}

/** Whether an argument is memory that is watched. */
function hasMemory(from: string): boolean {
  return ['bytes', 'text', 'list', 'file', 'cell', 'sweep'].includes(from);
}

/** An answer as a worker shows it, without what tells its type in JavaScript. */
function plain(shown: string, keepsQuotes: boolean): string {
  if (/^-?\d+n$/.test(shown)) return shown.slice(0, -1);
  return shown.startsWith('"') && !keepsQuotes ? JSON.parse(shown) as string : shown;
}

/** What speaks against the answers of a function. */
function doubts(
  shown: string,
  answered: readonly LaneAnswer[],
  description: CallDescription,
  call: PlannedCall | undefined,
): string[] {
  const found: string[] = [];
  const [first] = answered;
  const error = errorIn(plain(first!.answers![0]!, false), description, call);
  if (error !== null) {
    found.push(`${shown} returns ${error}: what is timed is then how it fails. See --arg.`);
  }
  const paths = description.parameters.filter(({ recipe }) =>
    recipe.from === 'text' && recipe.text === impossiblePath
  );
  if (paths.length > 0) {
    const names = paths.map(({ name }) => name).join(' and ');
    found.push(
      `${shown} gets a path for ${names} at which nothing can be, since no file is created ` +
        `without being asked for: give one, as --arg ${paths[0]!.name}=PATH.`,
    );
  }
  const slowest = Math.max(...answered.map(({ elapsedMs }) => elapsedMs));
  if (slowest > slowMs) {
    found.push(
      `${shown} is slow: ${askedCalls} calls took up to ${
        (slowest / 1000).toFixed(1)
      } s. A launch ` +
        'makes some dozen, so that --launches 1, --lane and --time shorten what follows.',
    );
  }
  const seen = answered.flatMap((one) => one.seen ?? []);
  const states = seen.find(({ answers }) => answers.length > 0)?.answers;
  if (states !== undefined) {
    found.push(
      `${shown} has state: with the same arguments it answers ${
        states.map(bare).join(', then ')
      }. ` +
        'Its later answers are not checked.',
    );
  }
  const changed = [...new Set(seen.flatMap((one) => one.changed))];
  if (changed.length > 0) {
    found.push(
      `${shown} changes ${
        changed.join(' and ')
      }, which it is given filled. Known answers are asked ` +
        'with fresh content; a call that is timed gets what the one before it left.',
    );
  }
  if (seen.some(({ isFresh }) => isFresh)) {
    found.push(
      `${shown} gives out another address with every call: what it allocates is not freed here, ` +
        'so that memory grows with the calls. A task file (--file) can free it.',
    );
  }
  return found;
}

function bare(answer: string): string {
  return answer.replace(/^"|"$/g, '');
}

/** What of an answer looks like an error; null where nothing does. */
function errorIn(
  answer: string,
  { signature: { result }, exported, readsErrno }: CallDescription,
  call: PlannedCall | undefined,
): string | null {
  // A failure is what --errno asks about.
  if (readsErrno || result === 'void' || /cmp|comp|coll|diff/i.test(exported)) return null;
  if (answer === 'null') return 'null where an address is due, which tends to be an error';
  if (/^i\d/.test(String(result)) && answer.startsWith('-')) {
    return `${answer}, which is negative and tends to be an error`;
  }
  const members = call?.prototype.resultConstants ?? null;
  if (members !== null && answer !== '0') {
    const name = [...members].find(([, value]) => String(value) === answer)?.[0];
    if (name !== undefined && /err|fail|bad|invalid|not|unsupp|no_|mem|could/i.test(name)) {
      return `${answer} (${name}), which looks like an error`;
    }
  }
  // Zstandard returns the negative of an error as a size.
  const mostErrors = 4096n;
  if (result === 'u64' && /^\d+$/.test(answer) && BigInt(answer) >= 2n ** 64n - mostErrors) {
    return `${answer}, which is ${BigInt(answer) - 2n ** 64n} with a sign and tends to be an error`;
  }
  return null;
}
