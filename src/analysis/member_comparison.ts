/**
 * Compares what two files hold: two documents with each other, or the members of merged documents
 * by their labels, so that each machine is compared with itself.
 */
import type { Allowance } from './comparable.ts';
import { compareDocuments, type Comparison } from './comparison.ts';
import type { Result } from './open.ts';

/** Comparisons of members that stand in both files, and the labels of those that do not. */
export interface MembersCompared {
  readonly comparisons: readonly { readonly label: string; readonly comparison: Comparison }[];
  readonly only_old: readonly string[];
  readonly only_new: readonly string[];
}

/** Compares two files. Two single documents are compared whatever their machines are called. */
export function compareMembers(
  old: Result,
  fresh: Result,
  allowance?: Allowance,
): MembersCompared {
  if (old.kind === 'document' && fresh.kind === 'document') {
    const [before, after] = [old.members[0], fresh.members[0]];
    return {
      comparisons: [{
        label: after.label,
        comparison: compareDocuments(before.document, after.document, allowance),
      }],
      only_old: [],
      only_new: [],
    };
  }
  const before = new Map(old.members.map(({ label, document }) => [label, document]));
  const after = new Set(fresh.members.map(({ label }) => label));
  return {
    comparisons: fresh.members.flatMap(({ label, document }) => {
      const other = before.get(label);
      return other ? [{ label, comparison: compareDocuments(other, document, allowance) }] : [];
    }),
    only_old: [...before.keys()].filter((label) => !after.has(label)),
    only_new: [...after].filter((label) => !before.has(label)),
  };
}
