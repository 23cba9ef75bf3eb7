/** Cuts the text of C declarations into tokens, each with its place; comments are left out. */

/** A token of C. */
export interface Token {
  readonly kind: 'name' | 'number' | 'text' | 'sign';
  readonly text: string;
  /** First character, and the one after the last. */
  readonly from: number;
  readonly to: number;
}

/** A line of the preprocessor, `#define` for instance, without its `#`. */
export interface Directive {
  readonly text: string;
  readonly from: number;
}

/** Everything that a text of C holds. */
export interface Tokens {
  readonly tokens: readonly Token[];
  readonly directives: readonly Directive[];
}

const pattern = new RegExp(
  [
    String.raw`(?<space>\s+|\\\r?\n|//[^\n]*|/\*[^]*?(?:\*/|$))`,
    String.raw`(?<name>[A-Za-z_$][\w$]*)`,
    String.raw`(?<number>\.?\d(?:[eEpP][+-]|[\w.])*)`,
    String.raw`(?<text>"(?:\\[^]|[^"\\\n])*"?|'(?:\\[^]|[^'\\\n])*'?)`,
    String.raw`(?<sign>\.\.\.|<<|>>|->|[^\s])`,
  ].join('|'),
  'y',
);

const directive = /#(?:\\\r?\n|\/\*[^]*?\*\/|[^\n])*/y;

/** The tokens of a text. Lines of the preprocessor are told apart from them. */
export function tokensOf(source: string): Tokens {
  const tokens: Token[] = [];
  const directives: Directive[] = [];
  let at = 0;
  let isLineStart = true;
  while (at < source.length) {
    if (isLineStart && source[at] === '#') {
      directive.lastIndex = at;
      const [line] = directive.exec(source)!;
      directives.push({ text: line.slice(1).replace(/\\\r?\n/g, ' '), from: at });
      at += line.length;
      continue;
    }
    pattern.lastIndex = at;
    const groups = pattern.exec(source)!.groups!;
    const text = (groups.space ?? groups.name ?? groups.number ?? groups.text ?? groups.sign)!;
    const to = at + text.length;
    if (groups.space !== undefined) isLineStart ||= text.includes('\n');
    else {
      isLineStart = false;
      const kind = groups.name !== undefined
        ? 'name'
        : groups.number !== undefined
        ? 'number'
        : groups.text !== undefined
        ? 'text'
        : 'sign';
      tokens.push({ kind, text, from: at, to });
    }
    at = to;
  }
  return { tokens, directives };
}

const pairs: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };

/** The place of the bracket that closes the one at `open`; the last token where none does. */
export function closingOf(tokens: readonly Token[], open: number): number {
  const closers: string[] = [];
  for (let at = open; at < tokens.length; at++) {
    const { text, kind } = tokens[at]!;
    if (kind !== 'sign') continue;
    const closer = pairs[text];
    if (closer !== undefined) closers.push(closer);
    else if (text === closers.at(-1)) closers.pop();
    if (closers.length === 0) return at;
  }
  return tokens.length - 1;
}
