/**
 * Several documents set beside each other: of other machines, or of other versions on one. Nothing
 * of them is mixed; a merged document keeps each whole, under a label of its own.
 */
import Type, { type Static, type TSchema } from 'typebox';
import { InputError } from './input_error.ts';
import { Document } from './schema.ts';
import { limits, Name, strict, Text } from './schema_parts.ts';

/** File of the published schema of a document, beside that of a merged one. */
export const documentSchemaFile = 'ffi-bench-v1.schema.json';

/** Name and version of a merged document. */
export const mergedSchemaName = 'ffi-bench-merged/v1';

/** Most documents in one. */
const mostMembers = 100;

/** A merged document whose members are of the given schema. */
function mergedOf<D extends TSchema>(document: D) {
  return strict({
    schema: Type.Literal(mergedSchemaName),
    members: Type.Array(strict({ label: Name, document }), { minItems: 2, maxItems: mostMembers }),
    /** Fields that should agree and do not, in sentences. */
    disagreements: Type.Array(Text, { maxItems: limits.items }),
  }, 'Merged');
}

/** Documents under labels, and where they disagree in what should be the same. */
export const Merged = mergedOf(Document);
export type Merged = Static<typeof Merged>;

/** The same before its members are known to be documents of today's version. */
export const MergedShell = mergedOf(Type.Record(Type.String(), Type.Unknown()));
export type MergedShell = Static<typeof MergedShell>;

/** The same as it is published: its members by reference to the schema of a document. */
export const MergedByReference = mergedOf(Type.Unsafe<Document>({ $ref: documentSchemaFile }));

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
 * cases of two documents stay apart. Throws RangeError on fewer than two, and InputError on more
 * than a hundred or where one run is named twice.
 */
export function mergeDocuments(documents: readonly Document[]): Merged {
  if (documents.length < 2) throw new RangeError('There is nothing to merge: name two documents.');
  refuseUnmergeable(documents);
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

function refuseUnmergeable(documents: readonly Document[]): void {
  if (documents.length > mostMembers) {
    throw new InputError(
      `${documents.length} documents are too many: ${mostMembers} can be merged.`,
    );
  }
  const ids = documents.map(({ id }) => id);
  const repeated = ids.find((id, index) => ids.indexOf(id) !== index);
  if (repeated !== undefined) {
    throw new InputError(`The run ${repeated} is named twice; each run is merged once.`);
  }
}

/** The machine of a document, as a label. */
export function machineName({ provenance: { machine } }: Document): string {
  return `${machine.cpu_model} ${machine.os} ${machine.arch}`.slice(0, 180);
}

function libraryFact(document: Document, field: 'source_hash' | 'zig' | 'optimize'): string {
  const facts = document.arms.flatMap(({ library }) => library ? [library[field]] : []);
  return [...new Set(facts)].sort().join(', ') || 'none';
}
