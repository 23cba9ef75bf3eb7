/**
 * Parts of the page of a large run that are carried compressed until the reader asks for them, so
 * that the page opens at once and prints on few sheets.
 */
import type { Document } from '../../results/schema.ts';
import { onDemandText } from '../words/page.ts';
import { gzipBase64 } from './gzip.ts';
import { Markup, markup } from './markup.ts';

/** Cases of a document whose page holds everything from the start. */
export const mostCases = 400;

/** Whether the page of a document is a summary, with the rest on demand. */
export function isLarge({ cases }: Document): boolean {
  return cases.length > mostCases;
}

/** A part that is carried compressed. */
export interface Part {
  /** Id of the element that it belongs into, at its end. */
  readonly into: string;
  /** What the button says. */
  readonly says: string;
  /** Children of the element: all `tbody` where it is a table. */
  readonly content: Markup;
}

/** The button of a part, with the part; nothing where the part is empty. */
export async function onDemand({ into, says, content }: Part): Promise<Markup> {
  if (content.html === '') return new Markup('');
  return markup`<p><button type="button" data-more="${into}">${says}</button>
<noscript>${onDemandText}</noscript></p>
${await packedBlock(`${into}-rest`, content.html)}`;
}

/** Text that the page's script unpacks. */
export async function packedBlock(id: string, text: string): Promise<Markup> {
  return markup`<script type="text/plain" id="${id}">${new Markup(
    await gzipBase64(text),
  )}</script>`;
}
