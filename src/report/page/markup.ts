/**
 * HTML in which every value is escaped unless it is HTML already: there is no other way to put text
 * into the page, so that no label can become markup.
 */
import { plainText } from '../plain_text.ts';

/** A piece of HTML that may stand in the page as it is. */
export class Markup {
  readonly html: string;

  constructor(html: string) {
    this.html = html;
  }
}

/** What a template takes: text, numbers, HTML, or lists of these; null is nothing. */
export type Content = Markup | string | number | null | undefined | readonly Content[];

/** Template tag for HTML; every value that is no Markup is escaped. */
export function markup(parts: TemplateStringsArray, ...values: readonly Content[]): Markup {
  return new Markup(
    parts.map((part, index) => `${part}${index < values.length ? render(values[index]) : ''}`)
      .join(''),
  );
}

/** Text without control characters in which HTML finds nothing to obey, in attributes too. */
export function escapeHtml(text: string): string {
  return plainText(text).replace(/[&<>"'`]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

/** A block of data for the page's script. */
export function dataBlock(id: string, value: unknown): Markup {
  return new Markup(
    `<script type="application/json" id="${escapeHtml(id)}">${jsonText(value)}</script>`,
  );
}

/** JSON without `<`, so that nothing in it can end a block. */
export function jsonText(value: unknown): string {
  return JSON.stringify(value).replaceAll('<', '\\u003c')
    .replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029');
}

function render(value: Content): string {
  if (value instanceof Markup) return value.html;
  if (typeof value === 'string') return escapeHtml(value);
  if (typeof value === 'number') return String(value);
  return value ? value.map(render).join('') : '';
}
