/** The first picture of a page as an SVG file of its own, for a README. */
import type { Document } from '../../results/schema.ts';
import { crossingPicture } from './headline.ts';
import { pageStyle } from './style.ts';

/** The picture on its own paper, light or dark as its reader's system; null where there is none. */
export function standalonePicture(document: Document): string | null {
  const found = crossingPicture(document);
  if (found === null) return null;
  const start = '<svg class="plot" ';
  if (!found.drawn.html.startsWith(start)) throw new Error('The picture does not start as an SVG.');
  const style = `${rootRules()} svg { background: var(--paper); fill: currentColor;` +
    ' color: var(--ink); font-family: system-ui, sans-serif; }';
  const drawn = found.drawn.html.slice(start.length);
  const end = drawn.indexOf('>') + 1;
  return `<svg xmlns="http://www.w3.org/2000/svg" ${drawn.slice(0, end)}<style>${style}</style>${
    drawn.slice(end)
  }\n`;
}

/** The colours of the page, light and dark, which are the first two rules of its style. */
function rootRules(): string {
  const end = pageStyle.indexOf('* {');
  return pageStyle.slice(0, end).replaceAll(/\s+/g, ' ').trim();
}
