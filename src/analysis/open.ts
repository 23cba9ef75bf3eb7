/**
 * Opens what a user names: a document, or several that were merged, with their figures. Those of a
 * document of an older version are computed anew.
 */
import { checkStored, parseObject, parseStored, readStored } from '../results/document.ts';
import { InputError } from '../results/input_error.ts';
import {
  disagreementsOf,
  machineName,
  type Merged,
  mergeDocuments,
  mergedSchemaName,
} from '../results/merge.ts';
import { checkMembers, isMerged } from '../results/merged_document.ts';
import { readTextFile } from '../results/read_text_file.ts';
import type { Document } from '../results/schema.ts';
import { withFigures } from './derive.ts';

/** A document with the label that tells it from others; its machine where it stands alone. */
export interface Member {
  readonly label: string;
  readonly document: Document;
}

/** What a file holds: one document, or several that were merged. */
export type Result =
  | { readonly kind: 'document'; readonly members: readonly [Member] }
  | { readonly kind: 'merged'; readonly members: readonly Member[]; readonly merged: Merged };

/** A document of any version that is known. Throws InputError as `readStored` does. */
export function openDocument(path: string): Document {
  return withFigures(readStored(path));
}

/** As `openDocument`, of a text; `name` stands in messages. */
export function parseDocument(text: string, name: string): Document {
  return withFigures(parseStored(text, name));
}

/**
 * Reads a document or a merged document. Throws InputError with a sentence that names the file, the
 * place and the reason where it can be neither.
 */
export function openResult(path: string): Result {
  return parseResult(readTextFile(path, 'document'), path);
}

/** As `openResult`, of a text; `name` stands in messages. */
export function parseResult(text: string, name: string): Result {
  const parsed = parseObject(text, name);
  if (!isMerged(parsed)) {
    const document = withFigures(checkStored(parsed, name));
    return { kind: 'document', members: [{ label: machineName(document), document }] };
  }
  const members = checkMembers(parsed, name)
    .map(({ label, document }) => ({ label, document: withFigures(document) }));
  const disagreements = disagreementsOf(members.map(({ document }) => document));
  const merged = { schema: mergedSchemaName, members, disagreements } as const;
  return { kind: 'merged', members, merged };
}

/** As `openResult`, of several files: what they hold together. */
export function openResults(paths: readonly string[]): Result {
  if (paths.length === 1) return openResult(paths[0]!);
  const documents = paths.flatMap((path) => openResult(path).members)
    .map(({ document }) => document);
  const merged = mergeDocuments(documents);
  return { kind: 'merged', members: merged.members, merged };
}

/** The one document of a file; InputError where it holds several, since `why` wants one. */
export function openSingle(path: string, why: string): Document {
  const { kind, members } = openResult(path);
  if (kind === 'document') return members[0]!.document;
  throw new InputError(
    `${path} is a merged document of ${members.length} runs; ${why} takes one run. ` +
      'Name one of the documents that were merged.',
  );
}
