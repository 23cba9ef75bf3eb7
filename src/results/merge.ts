/**
 * Several documents set beside each other: of other machines, or of other versions on one. Nothing
 * of them is mixed; a merged document keeps each whole, under a label of its own.
 */
import Type, { type Static } from 'typebox';
import { Document } from './schema.ts';
import { Name, strict, Text } from './schema_parts.ts';

/** Name and version of a merged document. */
export const mergedSchemaName = 'ffi-bench-merged/v1';

/** Documents under labels, and where they disagree in what should be the same. */
export const Merged = strict({
  schema: Type.Literal(mergedSchemaName),
  members: Type.Array(strict({ label: Name, document: Document }), { maxItems: 100 }),
  /** Fields that should agree and do not, in sentences. */
  disagreements: Type.Array(Text, { maxItems: 1000 }),
}, 'Merged');
export type Merged = Static<typeof Merged>;

/** What must agree for a difference between members to be one of machines or versions. */
const mustAgree: readonly { what: string; of(document: Document): string }[] = [
  { what: 'tool commit', of: ({ provenance }) => provenance.tool.commit ?? 'unknown' },
  { what: 'profile', of: ({ provenance }) => provenance.profile },
  { what: 'library source', of: (document) => libraryFact(document, 'source_hash') },
  { what: 'Zig version', of: (document) => libraryFact(document, 'zig') },
  { what: 'optimize mode', of: (document) => libraryFact(document, 'optimize') },
];

/**
 * Merges documents. A label is the machine, numbered where it occurs more than once: same-named
 * cases of two documents stay apart. Throws RangeError on fewer than two.
 */
export function mergeDocuments(documents: readonly Document[]): Merged {
  if (documents.length < 2) throw new RangeError('There is nothing to merge: name two documents.');
  const names = documents.map(machineName);
  const labels = names.map((name, index) => {
    const earlier = names.slice(0, index).filter((other) => other === name).length;
    const repeated = names.filter((other) => other === name).length > 1;
    return repeated ? `${name} #${earlier + 1}` : name;
  });
  return {
    schema: mergedSchemaName,
    members: documents.map((document, index) => ({ label: labels[index]!, document })),
    disagreements: mustAgree.flatMap(({ what, of }) => {
      const found = documents.map(of);
      if (new Set(found).size === 1) return [];
      return [
        `The ${what} differs: ${found.map((fact, i) => `${labels[i]}: ${fact}`).join('; ')}.`,
      ];
    }),
  };
}

function machineName({ provenance: { machine } }: Document): string {
  return `${machine.cpu_model} ${machine.os} ${machine.arch}`.slice(0, 180);
}

function libraryFact(document: Document, field: 'source_hash' | 'zig' | 'optimize'): string {
  const facts = document.arms.flatMap(({ library }) => library ? [library[field]] : []);
  return [...new Set(facts)].sort().join(', ') || 'none';
}
