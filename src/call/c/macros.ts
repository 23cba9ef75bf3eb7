/**
 * Takes out of a declaration what stands for nothing that is passed: attributes, and the macros of
 * a header that no preprocessor has seen (`ZEXTERN uLong ZEXPORT crc32 OF((uLong crc));`). What is
 * left keeps its place, so that an error can be shown where it stands.
 */
import { primitiveWords } from '../c_types.ts';
import { closingOf, type Token } from './tokens.ts';

/** Whether a name is known to be a type's. */
export type IsType = (name: string) => boolean;

const attributes = new Set(
  ('__attribute__ __attribute __declspec __asm__ __asm asm _Alignas alignas _Pragma ' +
    '__pragma').split(' '),
);
const skipped = new Set(
  ('__extension__ __restrict __restrict__ __inline __inline__ __volatile__ _Noreturn noreturn ' +
    '__cdecl __stdcall __fastcall _Nonnull _Nullable __forceinline __signed__').split(' '),
);
const storage = new Set('extern static inline register typedef auto _Thread_local'.split(' '));
const qualifying = new Set('const volatile restrict _Atomic'.split(' '));
const tagWords = new Set(['struct', 'union', 'enum']);
const complexWords = new Set(['_Complex', '__complex__', 'complex']);

/** The beginning of the name that replaces a complex number, padded to be as long. */
export const complexName = '__complex';

function isKeyword({ text }: Token): boolean {
  return primitiveWords.has(text) || storage.has(text) || qualifying.has(text) ||
    tagWords.has(text);
}

function isId(token: Token | undefined): boolean {
  return token?.kind === 'name' && !isKeyword(token);
}

/** The tokens of a declaration that the language itself knows. */
export function withoutMacros(tokens: readonly Token[], isType: IsType): Token[] {
  const plain = complexNumbers(withoutAttributes(tokens));
  if (plain.some(({ text }) => text === 'typedef' || text === '{')) return plain;
  return cleanDeclaration(unwrapStatement(plain), isType);
}

/** Tokens as a text in which each stands at its own place. */
export function textOf(tokens: readonly Token[], from: number): string {
  let text = '';
  for (const token of tokens) text = text.padEnd(token.from - from) + token.text;
  return text;
}

function withoutAttributes(tokens: readonly Token[]): Token[] {
  const kept: Token[] = [];
  for (let at = 0; at < tokens.length; at++) {
    const { text } = tokens[at]!;
    const next = tokens[at + 1]?.text;
    if (attributes.has(text)) {
      if (next === 'volatile' || next === '__volatile__') at++;
      if (tokens[at + 1]?.text === '(') at = closingOf(tokens, at + 1);
    } else if (text === '[' && next === '[') {
      at = closingOf(tokens, at);
    } else if (!skipped.has(text)) kept.push(tokens[at]!);
  }
  return kept;
}

/** `double _Complex` as one name, which no type has. */
function complexNumbers(tokens: readonly Token[]): Token[] {
  const kept: Token[] = [];
  for (let at = 0; at < tokens.length; at++) {
    let end = at;
    while (
      primitiveWords.has(tokens[end]?.text ?? '') || complexWords.has(tokens[end]?.text ?? '')
    ) {
      end++;
    }
    const run = tokens.slice(at, end);
    if (run.length > 1 && run.some(({ text }) => complexWords.has(text))) {
      const { from } = run[0]!;
      const { to } = run.at(-1)!;
      kept.push({ kind: 'name', text: complexName.padEnd(to - from, '_'), from, to });
      at = end - 1;
    } else kept.push(tokens[at]!);
  }
  return kept;
}

/** What a macro around a whole declaration holds, as `PNG_EXPORT(1, int, png_f, (void));`. */
function unwrapStatement(tokens: Token[]): Token[] {
  const first = tokens.findIndex(({ text }) => !storage.has(text));
  if (!isId(tokens[first]) || tokens[first + 1]?.text !== '(') return tokens;
  const end = closingOf(tokens, first + 1);
  if (tokens.slice(end + 1).some((one) => one.text !== ';')) return tokens;
  const pieces = splitAt(tokens.slice(first + 2, end));
  const named = pieces.findIndex((piece, i) =>
    i > 0 && piece.length === 1 && isId(piece[0]) && pieces[i + 1]?.[0]?.text === '(' &&
    closingOf(pieces[i + 1]!, 0) === pieces[i + 1]!.length - 1
  );
  if (named !== -1) return pieces.slice(named - 1, named + 2).flat();
  const own = pieces.find((piece) =>
    piece.some((one, i) => i > 0 && isId(one) && piece[i + 1]?.text === '(')
  );
  return own ?? tokens;
}

/** Tokens between the outermost commas. */
function splitAt(tokens: readonly Token[]): Token[][] {
  const pieces: Token[][] = [[]];
  for (let at = 0; at < tokens.length; at++) {
    const { text } = tokens[at]!;
    if (text === ',') pieces.push([]);
    else if ('([{'.includes(text) && text.length === 1) {
      const end = closingOf(tokens, at);
      pieces.at(-1)!.push(...tokens.slice(at, end + 1));
      at = end;
    } else pieces.at(-1)!.push(tokens[at]!);
  }
  return pieces;
}

/** A declaration of one function; anything else stays as it is. */
function cleanDeclaration(given: readonly Token[], isType: IsType): Token[] {
  const tokens = withoutParenthesesOfName(given);
  const open = openingOf(tokens);
  if (open === -1) return tokens;
  if (tokens[open - 1]?.kind !== 'name' || tokens[open + 1]?.text === '*') {
    return [...cleanSpecifiers(tokens.slice(0, open), isType), ...tokens.slice(open)];
  }
  const close = closingOf(tokens, open);
  // `OF((int a))`, where OF follows the name of the function.
  if (tokens[open + 1]?.text === '(' && closingOf(tokens, open + 1) === close - 1) {
    const isWrapped = isId(tokens[open - 2]);
    if (isWrapped) {
      const inner = [...tokens.slice(0, open - 1), ...tokens.slice(open + 1, close)];
      return cleanDeclaration(inner, isType);
    }
  }
  const rest = tokens.slice(close + 1);
  const isOver = splitAt(rest).length === 1;
  return [
    ...cleanSpecifiers(withoutCalls(tokens.slice(0, open - 1)), isType),
    tokens[open - 1]!,
    tokens[open]!,
    ...cleanParameters(tokens.slice(open + 1, close), isType),
    tokens[close]!,
    ...(isOver ? rest.filter(({ text }) => text === ';') : rest),
  ];
}

/** `int (name)(…)` is `int name(…)`. */
function withoutParenthesesOfName(tokens: readonly Token[]): Token[] {
  const at = tokens.findIndex(({ text }, i) =>
    text === '(' && isId(tokens[i + 1]) && tokens[i + 2]?.text === ')' &&
    tokens[i + 3]?.text === '(' && i > 0 &&
    (tokens[i - 1]!.kind === 'name' || tokens[i - 1]!.text === '*')
  );
  return at === -1 ? [...tokens] : tokens.filter((_, i) => i !== at && i !== at + 2);
}

/** Where the parameters of the function begin: not those of a macro before its name. */
function openingOf(tokens: readonly Token[]): number {
  for (let at = 1; at < tokens.length; at++) {
    if (tokens[at]!.text !== '(') continue;
    const close = closingOf(tokens, at);
    const inner = tokens.slice(at + 1, close);
    const next = tokens[close + 1];
    const isCall = isId(tokens[at - 1]) && next?.kind === 'name' &&
      (inner[0]?.kind === 'number' || inner.some(({ kind }) => kind === 'text') ||
        (tokens.slice(0, at - 1).every(({ text }) => storage.has(text)) &&
          tokens.slice(close + 1).some(({ text }) => text === '(')));
    if (!isCall) return at;
    at = close;
  }
  return -1;
}

/** Leaves out macros with arguments; of `LZMA_API(int)`, which is the type, the macro alone. */
function withoutCalls(tokens: readonly Token[]): Token[] {
  const kept: Token[] = [];
  for (let at = 0; at < tokens.length; at++) {
    if (!isId(tokens[at]) || tokens[at + 1]?.text !== '(') {
      kept.push(tokens[at]!);
      continue;
    }
    const end = closingOf(tokens, at + 1);
    const inner = tokens.slice(at + 2, end);
    const isType = end === tokens.length - 1 && inner.length > 0 &&
      inner.every(({ kind, text }) => kind === 'name' || text === '*');
    if (isType) kept.push(...inner);
    at = end;
  }
  return kept;
}

function cleanParameters(tokens: readonly Token[], isType: IsType): Token[] {
  const pieces = splitAt(tokens);
  const commas = tokens.filter(({ text }, at) => text === ',' && isOutermost(tokens, at));
  return pieces.flatMap((piece, i) => [
    ...cleanParameter(piece, isType),
    ...(i < commas.length ? [commas[i]!] : []),
  ]);
}

function isOutermost(tokens: readonly Token[], place: number): boolean {
  let depth = 0;
  for (let at = 0; at < place; at++) {
    const { text } = tokens[at]!;
    if (text === '(' || text === '[' || text === '{') depth++;
    if (text === ')' || text === ']' || text === '}') depth--;
  }
  return depth === 0;
}

function cleanParameter(tokens: readonly Token[], isType: IsType): Token[] {
  const end = tokens.findIndex(({ text }) => text === '(' || text === '[');
  const head = end === -1 ? tokens : tokens.slice(0, end);
  const rest = end === -1 ? [] : tokens.slice(end);
  if (rest[0]?.text === '(') return [...cleanSpecifiers(head, isType), ...rest];
  const name = nameOf(head, isType);
  if (name === -1) return [...cleanSpecifiers(head, isType), ...rest];
  return [...cleanSpecifiers(head.slice(0, name), isType), head[name]!, ...rest];
}

/** Where the name of a parameter stands; -1 where it has none. */
function nameOf(tokens: readonly Token[], isType: IsType): number {
  const last = tokens.length - 1;
  if (!isId(tokens[last])) return -1;
  if (tagWords.has(tokens[last - 1]?.text ?? '')) return -1;
  const before = tokens.slice(0, last);
  if (before.some(({ text }) => text === '*' || primitiveWords.has(text))) return last;
  if (before.some(({ text }) => tagWords.has(text))) return last;
  const ids = before.filter(isId);
  if (ids.length === 0) return -1;
  const isAllMacros = ids.every(({ text }) => !isType(text) && isMacroLike(text));
  return isAllMacros && (isType(tokens[last]!.text) || /_t$/.test(tokens[last]!.text)) ? -1 : last;
}

function isMacroLike(name: string): boolean {
  return !/[a-z]/.test(name) || /^__/.test(name);
}

/** What stands before a declarator: one type with its qualifiers and stars, and no macro. */
function cleanSpecifiers(tokens: readonly Token[], isType: IsType): Token[] {
  const star = tokens.findIndex(({ text }) => text === '*');
  const head = star === -1 ? tokens : tokens.slice(0, star);
  const isTag = (i: number) => tagWords.has(head[i - 1]?.text ?? '');
  const ids = head.filter((one, i) => isId(one) && !isTag(i));
  const hasWords = head.some(({ text }) => primitiveWords.has(text) || tagWords.has(text));
  const type = hasWords ? null : typeAmong(ids, star !== -1, isType);
  return tokens.filter((one, i) => !isId(one) || one === type || (i < head.length && isTag(i)));
}

/** The name that is the type: one that is known, else what looks least like a macro. */
function typeAmong(ids: readonly Token[], isPointer: boolean, isType: IsType): Token | null {
  return ids.findLast(({ text }) => isType(text)) ??
    ids.findLast(({ text }) => !isMacroLike(text)) ??
    (isPointer ? ids.at(-1) : ids.findLast(({ text }) => !/API|EXTERN|EXPORT|CALL/.test(text))) ??
    ids.at(-1) ?? null;
}
