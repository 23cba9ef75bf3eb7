/** Writes the page of a document: the document packed and compressed into it. */
import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import process from 'node:process';
import { gzipSync } from 'node:zlib';
import type { Member } from '../analysis/open.ts';
import type { Document } from '../results/schema.ts';
import { writing } from '../results/write_error.ts';

/** The page of a document as text, the document itself in it under the given file name. */
export async function pageText(document: Document, fileName: string): Promise<string> {
  // The plotting library takes its time to load; commands that draw nothing need not wait for it.
  const { packDocument } = await import('../report/page/pack.ts');
  const { renderPage } = await import('../report/page/page.ts');
  const packed = gzipSync(JSON.stringify(packDocument(document)));
  return await renderPage(document, { base64: packed.toString('base64'), fileName });
}

/** The page of several runs beside each other; `files` are the pages of each, which it links. */
export async function mergedPageText(
  members: readonly Member[],
  files: readonly string[] | null,
): Promise<string> {
  const { renderMergedPage } = await import('../report/page/merged_page.ts');
  return await renderMergedPage(members, files);
}

/** Writes the page of several runs, as `writePage` does that of one. */
export async function writeMergedPage(
  path: string,
  members: readonly Member[],
  files: readonly string[] | null,
): Promise<void> {
  writeText(path, await mergedPageText(members, files));
}

/**
 * Writes the page by a temporary file and a rename, over a page that is there. Throws InputError
 * where the file cannot be written. `documentPath` gives the name of the document inside.
 */
export async function writePage(
  path: string,
  document: Document,
  documentPath: string,
): Promise<void> {
  writeText(path, await pageText(document, basename(documentPath)));
}

function writeText(path: string, text: string): void {
  const temporary = join(dirname(path), `.${basename(path)}.${process.pid}.tmp`);
  try {
    writing(path, () => {
      writeFileSync(temporary, text);
      renameSync(temporary, path);
    });
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}
