/** Computes constant expressions of C: the values of enums and of `#define`s. */
import { type Token, tokensOf } from './tokens.ts';

/** Finds the value of a name; null where it has none. */
export type FindConstant = (name: string) => bigint | null;

/** How tightly the operators of two operands bind. */
const binding: Readonly<Record<string, number>> = {
  ...{ '|': 1, '^': 2, '&': 3, '<<': 4, '>>': 4, '+': 5, '-': 5, '*': 6, '/': 6, '%': 6 },
};

/** The value of an integer expression; null where it is none. */
export function evaluate(text: string, find: FindConstant): bigint | null {
  return new Expression(tokensOf(text).tokens, find).value();
}

class Expression {
  #at = 0;
  readonly #tokens: readonly Token[];
  readonly #find: FindConstant;

  constructor(tokens: readonly Token[], find: FindConstant) {
    this.#tokens = tokens;
    this.#find = find;
  }

  value(): bigint | null {
    const found = this.#binary(1);
    return this.#at === this.#tokens.length ? found : null;
  }

  #binary(least: number): bigint | null {
    let left = this.#unary();
    for (;;) {
      const operator = this.#tokens[this.#at]?.text ?? '';
      const level = binding[operator];
      if (left === null || level === undefined || level < least) return left;
      this.#at++;
      const right = this.#binary(level + 1);
      left = right === null ? null : apply(operator, left, right);
    }
  }

  #unary(): bigint | null {
    const token = this.#tokens[this.#at++];
    if (token === undefined) return null;
    if ('+-~'.includes(token.text)) {
      const value = this.#unary();
      if (value === null) return null;
      return token.text === '-' ? -value : token.text === '~' ? ~value : value;
    }
    if (token.text === '(') return this.#inParentheses();
    if (token.kind === 'number') return integerOf(token.text);
    if (token.kind === 'text') return characterOf(token.text);
    return token.kind === 'name' ? this.#find(token.text) : null;
  }

  /** A value in parentheses, or a cast, which changes nothing here. */
  #inParentheses(): bigint | null {
    const start = this.#at;
    const value = this.#binary(1);
    if (value !== null && this.#tokens[this.#at]?.text === ')') {
      this.#at++;
      return value;
    }
    this.#at = start;
    while (this.#tokens[this.#at]?.kind === 'name' || this.#tokens[this.#at]?.text === '*') {
      this.#at++;
    }
    return this.#tokens[this.#at++]?.text === ')' ? this.#unary() : null;
  }
}

function apply(operator: string, left: bigint, right: bigint): bigint | null {
  const isShift = operator === '<<' || operator === '>>';
  if (isShift ? right < 0n || right > 63n : right === 0n && '/%'.includes(operator)) return null;
  switch (operator) {
    case '|':
      return left | right;
    case '^':
      return left ^ right;
    case '&':
      return left & right;
    case '<<':
      return left << right;
    case '>>':
      return left >> right;
    case '+':
      return left + right;
    case '-':
      return left - right;
    case '*':
      return left * right;
    case '/':
      return left / right;
    default:
      return left % right;
  }
}

function integerOf(text: string): bigint | null {
  const [, digits] = /^(0[xX][\da-fA-F]+|0[bB][01]+|\d+)[uUlL]*$/.exec(text) ?? [];
  if (digits === undefined) return null;
  return /^0\d/.test(digits) ? BigInt(`0o${digits.slice(1)}`) : BigInt(digits);
}

const escapes: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', 0: '\0' };

/** The code of `'a'` or `'\n'`; null for any other text. */
export function characterOf(text: string): bigint | null {
  const [, escaped, plain] = /^'(?:\\(.)|([^\\]))'$/su.exec(text) ?? [];
  const character = escaped === undefined ? plain : escapes[escaped] ?? escaped;
  return character === undefined ? null : BigInt(character.codePointAt(0)!);
}
