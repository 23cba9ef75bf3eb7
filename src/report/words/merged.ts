/** What the members of a merged document disagree on, in sentences. */
import type { Disagreement } from '../../results/merge.ts';

const names: Readonly<Record<Disagreement['what'], string>> = {
  tool_commit: 'tool commit',
  profile: 'profile',
  library_source: 'library source',
  zig: 'Zig version',
  optimize: 'optimize mode',
  method: 'method of the costs',
};

/** The sentence of a disagreement; `labels` are those of the members, in their order. */
export function disagreementSentence(
  { what, found }: Disagreement,
  labels: readonly string[],
): string {
  return `The ${names[what]} differs: ${
    found.map((fact, index) => `${labels[index]}: ${shortened(fact)}`).join('; ')
  }.`;
}

/** Hashes by their first digits, which tell them apart; other facts whole. */
function shortened(fact: string): string {
  return fact.replace(/\b[0-9a-f]{40,}\b/g, (hash) => hash.slice(0, 12));
}
