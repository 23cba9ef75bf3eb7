/**
 * Tables of the page that are neither sorted nor filtered: wide ones scroll on their own, by touch
 * and by keys.
 */
import { type Markup, markup } from './markup.ts';

/** How a table differs from one of figures. */
interface Kind {
  /** It holds text more than figures. */
  readonly words?: boolean;
  readonly id?: string;
}

/** A table of rows that are ready. */
export function plainTable(
  label: string,
  titles: readonly string[],
  rows: readonly Markup[],
  { words = false, id }: Kind = {},
): Markup {
  const heads = titles.map((title) => markup`<th scope="col">${title}</th>`);
  return markup`<div class="wide" tabindex="0" role="region" aria-label="${label}">
<table class="${words ? 'plain words' : 'plain'}"${
    id === undefined ? '' : markup` id="${id}"`
  }><thead><tr>${heads}</tr></thead>
<tbody>${rows}</tbody></table></div>`;
}

/** A line of such a table: its name, then its cells. */
export function plainLine(name: string, cells: readonly (string | number | null)[]): Markup {
  const rest = cells.map((cell) => markup`<td>${cell}</td>`);
  return markup`<tr><th scope="row">${name}</th>${rest}</tr>\n`;
}
