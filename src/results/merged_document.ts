/**
 * Merged documents: each member is checked as a document of its own, of any version that is known.
 */
import { schemaFaults } from './check.ts';
import { checkStored } from './document.ts';
import { InputError, shownValue } from './input_error.ts';
import { Merged, mergedSchemaName, MergedShell } from './merge.ts';
import type { StoredDocument } from './schema.ts';
import { jsonPieces, refuseExisting, withNewline, writeWhole } from './write_whole.ts';

/** A document with the label that tells it from others. */
export interface StoredMember {
  readonly label: string;
  readonly document: StoredDocument;
}

/** Version of a merged document whose members are of v1. */
const mergedV1 = 'ffi-bench-merged/v1';

/** Levels of a merged document that its text opens; a member then looks as it does alone. */
const openedDepth = 5;

/** Writes a merged document whole or not at all; `force` overwrites a file that exists. */
export function writeMerged(
  path: string,
  merged: Merged,
  options: { readonly force?: boolean } = {},
): void {
  refuseExisting(path, options.force);
  const faults = schemaFaults(Merged, merged);
  if (faults.length > 0) throw new Error(`The document would not be valid: ${faults.join(' ')}`);
  writeWhole(path, withNewline(jsonPieces(merged, openedDepth)), options);
}

/** Whether a parsed object is a merged document of any version that is known. */
export function isMerged({ schema }: Record<string, unknown>): boolean {
  return schema === mergedSchemaName || schema === mergedV1;
}

/** The members of a merged document as parsed. Throws InputError where it is none that is valid. */
export function checkMembers(parsed: Record<string, unknown>, name: string): StoredMember[] {
  const refuse = (faults: readonly string[]) => {
    throw new InputError(
      `${name} is not a valid ${mergedSchemaName} document. ${faults.join(' ')}`,
    );
  };
  const isOld = parsed.schema === mergedV1;
  const value = isOld ? { ...parsed, schema: mergedSchemaName, disagreements: [] } : parsed;
  const faults = schemaFaults(MergedShell, value);
  if (faults.length > 0) refuse(faults);
  const labels = new Set<string>();
  return (value as unknown as MergedShell).members.map(({ label, document }, index) => {
    if (labels.has(label)) refuse([`/members/${index}/label repeats ${shownValue(label)}.`]);
    labels.add(label);
    return { label, document: checkStored(document, `${name}, /members/${index}/document`) };
  });
}
