/**
 * Several documents set beside each other: of other machines, or of other versions on one. Nothing
 * of them is mixed; a merged document keeps each whole, under a label of its own.
 */
import Type, { type Static, type TSchema } from 'typebox';
import { InputError } from './input_error.ts';
import { Document } from './schema.ts';
import { limits, Name, oneOf, strict } from './schema_parts.ts';

/** File of the published schema of a document, beside that of a merged one. */
export const documentSchemaFile = 'ffi-bench-v2.schema.json';

/** Name and version of a merged document. */
export const mergedSchemaName = 'ffi-bench-merged/v2';

/** Most documents in one. */
const mostMembers = 100;

/** A fact that members should agree on and do not, and what each says, in their order. */
export const Disagreement = strict({
  what: oneOf('tool_commit', 'profile', 'library_source', 'zig', 'optimize', 'method'),
  found: Type.Array(Name, { maxItems: mostMembers }),
}, 'Disagreement');
export type Disagreement = Static<typeof Disagreement>;

/** A merged document whose members are of the given schema. */
function mergedOf<D extends TSchema>(document: D) {
  return strict({
    schema: Type.Literal(mergedSchemaName),
    members: Type.Array(strict({ label: Name, document }), { minItems: 2, maxItems: mostMembers }),
    disagreements: Type.Array(Disagreement, { maxItems: limits.items }),
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
const mustAgree: Readonly<Record<Disagreement['what'], (document: Document) => string>> = {
  tool_commit: ({ provenance }) => provenance.tool.commit ?? 'unknown',
  profile: ({ provenance }) => provenance.profile,
  library_source: (document) => libraryFact(document, 'source_hash'),
  zig: (document) => libraryFact(document, 'zig'),
  optimize: (document) => libraryFact(document, 'optimize'),
  method: ({ method }) => method,
};

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
    disagreements: disagreementsOf(documents),
  };
}

/** What members should agree on and do not. */
export function disagreementsOf(documents: readonly Document[]): Disagreement[] {
  return (Object.keys(mustAgree) as Disagreement['what'][]).flatMap((what) => {
    const found = documents.map(mustAgree[what]);
    return new Set(found).size === 1 ? [] : [{ what, found }];
  });
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
  return [...new Set(facts)].sort().join(', ').slice(0, limits.nameChars) || 'none';
}
