/** Paths as documents have them: without where the checkout lies. */
import { isAbsolute, relative, sep } from 'node:path';
import { pathToFileURL } from 'node:url';

/** A path inside the checkout as seen from there; any other as it is. */
export function shownPath(checkout: string, path: string): string {
  const inside = relative(checkout, path);
  return inside.startsWith('..') || isAbsolute(inside) ? path : inside;
}

/** What a worker wrote, its paths inside the checkout as seen from there. */
export function shownText(checkout: string, text: string): string {
  return text.replaceAll(`${pathToFileURL(checkout)}/`, '').replaceAll(checkout + sep, '');
}
