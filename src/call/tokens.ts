/** Cuts a prototype into names and signs, each with its place. */
import { PrototypeError } from './prototype_error.ts';

/** A name or a sign of a prototype. */
export interface Token {
  readonly kind: 'name' | 'sign' | 'end';
  readonly text: string;
  /** First character, and the one after the last. */
  readonly from: number;
  readonly to: number;
}

/** Longest prototype that is read, in characters. */
const longest = 2000;

const pattern = /\s+|([A-Za-z_]\w*)|(\.\.\.|[()*,;[\]{}&])|(\d+)/y;

/** The tokens of a prototype; the last marks its end. Throws where a character belongs to none. */
export function tokensOf(source: string): Token[] {
  if (source.length > longest) {
    throw new PrototypeError(
      `A prototype has at most ${longest} characters, not ${source.length}.`,
      source.slice(0, 80),
      0,
      1,
    );
  }
  const tokens: Token[] = [];
  let at = 0;
  while (at < source.length) {
    pattern.lastIndex = at;
    const match = pattern.exec(source);
    if (match === null) {
      throw new PrototypeError(
        `"${source[at]}" belongs to no C prototype.`,
        source,
        at,
        at + 1,
      );
    }
    const to = at + match[0].length;
    if (match[1] !== undefined) tokens.push({ kind: 'name', text: match[1], from: at, to });
    else if (match[0].trim() !== '') tokens.push({ kind: 'sign', text: match[0], from: at, to });
    at = to;
  }
  return [...tokens, { kind: 'end', text: 'the end', from: source.length, to: source.length + 1 }];
}
