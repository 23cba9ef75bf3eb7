/**
 * Result documents on disk: read by their schema, in versions; written whole or not at all.
 */
import { contentFaults, schemaFaults } from './check.ts';
import { InputError, shownValue } from './input_error.ts';
import { readTextFile } from './read_text_file.ts';
import { Document, type RawDocument, schemaName, type StoredDocument } from './schema.ts';
import { strict } from './schema_parts.ts';
import { type Upgrader, upgraders } from './upgrade.ts';
import { jsonPieces, refuseExisting, withNewline, writeWhole } from './write_whole.ts';

/** Levels of a document that its text opens; what lies deeper stands on one line. */
const openedDepth = 2;

const { derived: _, ...rawFields } = Document.properties;
const Raw = strict(rawFields);

/**
 * Reads a result document of any version that is known; one of an older version comes without
 * figures. Throws InputError with a sentence that names the file, the place and the reason where it
 * is absent, over 200 MB, cut off, not JSON, of an unknown version, or not as its schema says.
 */
export function readStored(path: string): StoredDocument {
  return parseStored(readTextFile(path, 'document'), path);
}

/** As `readStored`, of a text; `name` stands in messages. */
export function parseStored(
  text: string,
  name: string,
  known: Readonly<Record<string, Upgrader>> = upgraders,
): StoredDocument {
  return checkStored(parseObject(text, name), name, known);
}

/** As `parseStored`, of an object that was parsed already. */
export function checkStored(
  parsed: Record<string, unknown>,
  name: string,
  known: Readonly<Record<string, Upgrader>> = upgraders,
): StoredDocument {
  const isOld = parsed.schema !== schemaName;
  const { derived, ...raw } = upgraded(parsed, name, known);
  const faults = isOld ? schemaFaults(Raw, raw) : schemaFaults(Document, parsed);
  if (faults.length === 0) faults.push(...contentFaults(raw as unknown as RawDocument));
  if (faults.length > 0) {
    throw new InputError(`${name} is not a valid ${schemaName} document. ${faults.join(' ')}`);
  }
  return { ...raw, derived: isOld ? null : derived } as unknown as StoredDocument;
}

/**
 * The text of a document: valid JSON with one launch, case or figure per line, so that versions of
 * it can be told apart by line. Ends with a newline.
 */
export function stringifyDocument(document: Document): string {
  return [...jsonPieces(document, openedDepth), '\n'].join('');
}

/**
 * Writes a document by a temporary file and a rename, so that no reader ever meets half of it.
 * Throws InputError where the file exists and `force` is not set, and Error where the document is
 * not valid, which is a bug.
 */
export function writeDocument(
  path: string,
  document: Document,
  options: { readonly force?: boolean } = {},
): void {
  refuseExisting(path, options.force);
  const faults = schemaFaults(Document, document);
  if (faults.length > 0) throw new Error(`The document would not be valid: ${faults.join(' ')}`);
  writeWhole(path, withNewline(jsonPieces(document, openedDepth)), options);
}

/** The object that a text holds; InputError where it is cut off, no JSON or no object. */
export function parseObject(text: string, name: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    const start = text.trimStart();
    const cutOff = start.startsWith('{') && !text.trimEnd().endsWith('}');
    const what = start === '' ? 'is empty' : cutOff ? 'is cut off' : 'is not JSON';
    throw new InputError(`${name} ${what}: ${shownValue((error as Error).message)}`);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new InputError(`${name} is no result document: it holds ${shownValue(value)}.`);
  }
  return value as Record<string, unknown>;
}

function upgraded(
  value: Record<string, unknown>,
  name: string,
  known: Readonly<Record<string, Upgrader>>,
): Record<string, unknown> {
  let current = value;
  for (let step = 0; current.schema !== schemaName; step++) {
    const version = typeof current.schema === 'string' ? current.schema : '';
    if (!Object.hasOwn(known, version) || step > Object.keys(known).length) {
      const versions = [...Object.keys(known), schemaName].join(', ');
      throw new InputError(
        `${name}, /schema: ${shownValue(current.schema)} is not a version that is known here ` +
          `(${versions}); a newer ffi-bench may read it.`,
      );
    }
    current = known[version]!(current);
  }
  return current;
}
