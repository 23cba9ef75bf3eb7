/** Cuts C into its outermost declarations, so that one that is odd costs none of the others. */
import { closingOf, type Token, tokensOf } from './tokens.ts';

/** One declaration of a file, a function with its body for instance, up to its `;` or `}`. */
export interface Statement {
  readonly tokens: readonly Token[];
}

/** A file of C in pieces. */
export interface Pieces {
  readonly source: string;
  readonly statements: readonly Statement[];
  /** Bodies of `#define NAME body`, without those that take arguments. */
  readonly constants: ReadonlyMap<string, string>;
}

/** Words after which a brace opens a type and no body of a function. */
const typeWords = ['struct', 'union', 'enum'];

/** The outermost declarations of a text. */
export function piecesOf(source: string): Pieces {
  const { tokens, directives } = tokensOf(source);
  const statements: Statement[] = [];
  let own: Token[] = [];
  const close = () => {
    if (own.some(({ text }) => text !== ';')) statements.push({ tokens: own });
    own = [];
  };
  for (let at = 0; at < tokens.length; at++) {
    const token = tokens[at]!;
    if (token.text === '{' && isLinkage(own)) {
      own = [];
    } else if (token.text === '}' && own.length === 0) {
      continue;
    } else if (token.kind === 'sign' && '({['.includes(token.text)) {
      const end = closingOf(tokens, at);
      own.push(...tokens.slice(at, end + 1));
      const isBody = token.text === '{' && endsInBody(own, at === end ? 1 : end - at + 1);
      at = end;
      if (isBody) close();
    } else {
      own.push(token);
      if (token.text === ';') close();
    }
  }
  close();
  const constants = directives.flatMap(({ text }) => {
    const [, name, body] = /^\s*define\s+(\w+)\s+(.+?)\s*$/s.exec(text) ?? [];
    return name === undefined ? [] : [[name, body!] as const];
  });
  return { source, statements, constants: new Map(constants) };
}

/** Whether what stands before a brace is `extern "C"`. */
function isLinkage(before: readonly Token[]): boolean {
  return before.length === 2 && before[0]!.text === 'extern' && before[1]!.kind === 'text';
}

/** Whether the braces that end these tokens are the body of a function. */
function endsInBody(tokens: readonly Token[], inBraces: number): boolean {
  const before = tokens.slice(0, tokens.length - inBraces);
  if (before.some(({ text }) => text === '=')) return false;
  let depth = 0;
  for (let at = before.length - 1; at >= 0; at--) {
    const { text } = before[at]!;
    if (text === ')') depth++;
    else if (text === '(') depth--;
    // A type's body follows its keyword with a tag at the most; a function's its parameters.
    else if (depth === 0 && typeWords.includes(text)) {
      return before.slice(at).some((one, i, all) =>
        one.text === '(' && all[i - 1]?.kind === 'name' && !/^_|^[A-Z]/.test(all[i - 1]!.text)
      );
    }
  }
  return before.some(({ text }) => text === '(');
}
