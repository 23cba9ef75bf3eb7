/**
 * Tables of the page that are neither sorted nor filtered: wide ones scroll on their own, by touch
 * and by keys.
 */
import { type Markup, markup } from './markup.ts';

/** A table of rows that are ready; `words` marks one that holds text more than figures. */
export function plainTable(
  label: string,
  titles: readonly string[],
  rows: readonly Markup[],
  words = false,
): Markup {
  const heads = titles.map((title) => markup`<th scope="col">${title}</th>`);
  return markup`<div class="wide" tabindex="0" role="region" aria-label="${label}">
<table class="${words ? 'plain words' : 'plain'}"><thead><tr>${heads}</tr></thead>
<tbody>${rows}</tbody></table></div>`;
}

/** A line of such a table: its name, then its cells. */
export function plainLine(name: string, cells: readonly (string | number | null)[]): Markup {
  const rest = cells.map((cell) => markup`<td>${cell}</td>`);
  return markup`<tr><th scope="row">${name}</th>${rest}</tr>\n`;
}
