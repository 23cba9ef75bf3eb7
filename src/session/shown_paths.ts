/** Paths as documents have them: without where the checkout and the user's home lie. */
import { homedir } from 'node:os';
import { isAbsolute, join, relative, sep } from 'node:path';
import { pathToFileURL } from 'node:url';

/** A path inside the checkout as seen from there, one in the user's home behind `~`. */
export function shownPath(checkout: string, path: string, home = homedir()): string {
  return insideOf(checkout, path) ?? shownInHome(home, path);
}

function shownInHome(home: string, path: string): string {
  const inside = insideOf(home, path);
  return inside === null ? path : join('~', inside);
}

/** The path as seen from a folder; null where it lies elsewhere. */
function insideOf(folder: string, path: string): string | null {
  const inside = relative(folder, path);
  return inside === '..' || inside.startsWith(`..${sep}`) || isAbsolute(inside) ? null : inside;
}

/** What a worker wrote, its paths inside the checkout as seen from there. */
export function shownText(checkout: string, text: string): string {
  return text.replaceAll(`${pathToFileURL(checkout)}/`, '').replaceAll(checkout + sep, '');
}
