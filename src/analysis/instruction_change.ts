/** How the instructions of a case differ between two counts: certain where both are exact. */
import type { Instructions } from '../results/schema.ts';
import { rounded } from '../stats/rounded.ts';

/** What two counts say of each other. */
export interface InstructionChange {
  readonly old: Instructions['per_call'];
  readonly new: Instructions['per_call'];
  /** `not_exact`: the ranges of the two overlap, and one of them is none of a single count. */
  readonly verdict: 'more' | 'fewer' | 'equal' | 'not_exact';
  /** Where it lies, the largest first: instructions per call, new less old. */
  readonly moved: readonly {
    readonly region: Instructions['regions'][number]['region'];
    readonly file: string | null;
    readonly by: number;
  }[];
}

/** The change between two counts; null where either was not made. */
export function instructionChange(
  old: Instructions | null,
  fresh: Instructions | null,
): InstructionChange | null {
  if (old === null || fresh === null || old.reason !== null || fresh.reason !== null) return null;
  return {
    old: old.per_call,
    new: fresh.per_call,
    verdict: verdictOf(old.per_call, fresh.per_call),
    moved: movedOf(old, fresh),
  };
}

type Count = Instructions['per_call'];

function verdictOf(old: Count, fresh: Count): InstructionChange['verdict'] {
  if (fresh.low > old.high) return 'more';
  if (fresh.high < old.low) return 'fewer';
  return old.exact && fresh.exact ? 'equal' : 'not_exact';
}

function movedOf(old: Instructions, fresh: Instructions): InstructionChange['moved'] {
  const before = byPlace(old);
  const after = byPlace(fresh);
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((place) => {
    const { region, file } = (after.get(place) ?? before.get(place))!;
    const by = rounded(middle(after.get(place)) - middle(before.get(place)));
    return by === 0 ? [] : [{ region, file, by }];
  }).sort((a, b) => Math.abs(b.by) - Math.abs(a.by));
}

type Part = Instructions['regions'][number];

/** A library is one place whatever its build is called. */
function byPlace({ regions }: Instructions): Map<string, Part> {
  return new Map(
    regions.map((part) => [`${part.region} ${part.region === 'library' ? '' : part.file}`, part]),
  );
}

function middle(part: Part | undefined): number {
  return part === undefined ? 0 : (part.low + part.high) / 2;
}

/** Whether a case executes more than a share more instructions beyond doubt: 0.01 for 1 %. */
export function isOver({ old, new: fresh }: InstructionChange, share: number): boolean {
  return fresh.low > old.high * (1 + share);
}
