/** What the types of some functions ask of a lane. */
import type { Capability } from '../catalogue/lane.ts';
import type { Signature } from '../catalogue/words.ts';

export function needsOf(signatures: readonly Signature[]): Capability[] {
  const words = signatures.flatMap(({ args, result }) => [...args, result]);
  const has = (key: string) => words.some((word) => typeof word === 'object' && key in word);
  return [
    ...(has('struct') ? ['struct_by_value' as const] : []),
    ...(has('callback') ? ['callback' as const] : []),
  ];
}
