/**
 * Merged documents on disk, and reading whatever of the two a user names: a document, or several
 * that were merged. Each member is checked as a document of its own, of any version that is known.
 */
import { schemaFaults } from './check.ts';
import { checkDocument, parseObject } from './document.ts';
import { InputError, shownValue } from './input_error.ts';
import { machineName, Merged, mergeDocuments, mergedSchemaName, MergedShell } from './merge.ts';
import { readTextFile } from './read_text_file.ts';
import type { Document } from './schema.ts';
import { jsonPieces, refuseExisting, withNewline, writeWhole } from './write_whole.ts';

/** A document with the label that tells it from others; its machine where it stands alone. */
export interface Member {
  readonly label: string;
  readonly document: Document;
}

/** What a file holds: one document, or several that were merged. */
export type Result =
  | { readonly kind: 'document'; readonly members: readonly [Member] }
  | { readonly kind: 'merged'; readonly members: readonly Member[]; readonly merged: Merged };

/** Levels of a merged document that its text opens; a member then looks as it does alone. */
const openedDepth = 5;

/**
 * Reads a document or a merged document. Throws InputError with a sentence that names the file, the
 * place and the reason where it can be neither.
 */
export function readResult(path: string): Result {
  return parseResult(readTextFile(path, 'document'), path);
}

/** As `readResult`, of a text; `name` stands in messages. */
export function parseResult(text: string, name: string): Result {
  const parsed = parseObject(text, name);
  if (parsed.schema === mergedSchemaName) {
    const merged = checkMerged(parsed, name);
    return { kind: 'merged', members: merged.members, merged };
  }
  const document = checkDocument(parsed, name);
  return { kind: 'document', members: [{ label: machineName(document), document }] };
}

/** As `readResult`, of several files: what they hold together. */
export function readResults(paths: readonly string[]): Result {
  if (paths.length === 1) return readResult(paths[0]!);
  const documents = paths.flatMap((path) => readResult(path).members)
    .map(({ document }) => document);
  const merged = mergeDocuments(documents);
  return { kind: 'merged', members: merged.members, merged };
}

/** The one document of a file; InputError where it holds several, since `why` wants one. */
export function readSingle(path: string, why: string): Document {
  const { kind, members } = readResult(path);
  if (kind === 'document') return members[0]!.document;
  throw new InputError(
    `${path} is a merged document of ${members.length} runs; ${why} takes one run. ` +
      'Name one of the documents that were merged.',
  );
}

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

function checkMerged(parsed: Record<string, unknown>, name: string): Merged {
  const refuse = (faults: readonly string[]) => {
    throw new InputError(
      `${name} is not a valid ${mergedSchemaName} document. ${faults.join(' ')}`,
    );
  };
  const faults = schemaFaults(MergedShell, parsed);
  if (faults.length > 0) refuse(faults);
  const shell = parsed as unknown as MergedShell;
  const labels = new Set<string>();
  const members = shell.members.map(({ label, document }, index) => {
    if (labels.has(label)) refuse([`/members/${index}/label repeats ${shownValue(label)}.`]);
    labels.add(label);
    return { label, document: checkDocument(document, `${name}, /members/${index}/document`) };
  });
  return { ...shell, members };
}
