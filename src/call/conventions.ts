/** Where a prototype meets a calling convention that a foreign function interface may get wrong. */
import type { Scalar, Signature, Word } from '../catalogue/words.ts';

/** Arguments of one kind that arm64 passes in registers. */
const inRegisters = 8;

const floats: readonly Word[] = ['f32', 'f64'];
/** Scalars of less than the eight bytes of a register. */
const small: readonly Word[] = [
  ...['bool', 'i8', 'u8', 'i16', 'u16', 'i32', 'u32', 'f32'] satisfies Scalar[],
];

/**
 * Sentences on a prototype for one platform, such as `darwin-arm64`. Apple packs arguments past
 * the registers as tightly as their types allow, where all others give each eight bytes (Apple,
 * "Writing ARM64 code for Apple platforms").
 */
export function conventionWarnings(
  exported: string,
  { args }: Signature,
  platform: string,
): string[] {
  if (platform !== 'darwin-arm64') return [];
  const packed = onStack(args).filter((word) => small.includes(word));
  if (packed.length === 0) return [];
  return [
    `${exported} takes ${packed.join(', ')} past the eighth argument of its kind, which macOS on ` +
    'arm64 packs on the stack: an interface that gives each eight bytes passes other values. ' +
    'Give the expected answer with --expect, so that a wrong one is noticed.',
  ];
}

/** The arguments for which no register is left. */
function onStack(args: readonly Word[]): Word[] {
  const isFloat = (word: Word) => floats.includes(word);
  const ofKind = (wanted: boolean) => args.filter((word) => isFloat(word) === wanted);
  return [true, false].flatMap((kind) => ofKind(kind).slice(inRegisters));
}
