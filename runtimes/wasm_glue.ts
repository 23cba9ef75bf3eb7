/**
 * The code between JavaScript and a WebAssembly module, made from the signature table as binding
 * generators make it: a function of its own for each symbol, which copies what lies in JavaScript's
 * memory into the module's and back.
 *
 * Numbers, addresses and places in the table need none of this: where a symbol takes and gives
 * nothing else, the glue is the module's own export.
 */
import type { Signature, Word } from '../src/catalogue/words.ts';

/** Views on the module's memory, made anew when it has grown. */
export interface Views {
  readonly u8: Uint8Array;
  readonly u16: Uint16Array;
  readonly u32: Uint32Array;
  readonly i32: Int32Array;
  readonly u64: BigUint64Array;
  readonly f64: Float64Array;
}

/** New views on a module's memory. */
export function viewsOn(buffer: ArrayBufferLike): Views {
  return {
    u8: new Uint8Array(buffer),
    u16: new Uint16Array(buffer),
    u32: new Uint32Array(buffer),
    i32: new Int32Array(buffer),
    u64: new BigUint64Array(buffer),
    f64: new Float64Array(buffer),
  };
}

/** What the glue works with. */
export interface Memory {
  /** Where the next call may put what it passes: that many bytes, until the call after. */
  scratch(bytes: number): number;
  views(): Views;
  encodeInto(text: string, target: Uint8Array): { written: number };
}

type Raw = (...args: never[]) => unknown;
// Its type is the table's, seen from the task.
// deno-lint-ignore no-explicit-any
type Glued = (...args: any[]) => any;

const elementBytes = { u8: 1, u16: 2, u32: 4, i32: 4, u64: 8, f64: 8 } as const;
/** A UTF-16 unit takes at most three bytes in UTF-8. */
const bytesPerUnit = 3;
/** What is passed lies at multiples of this. */
const alignment = 16;

/** Wraps an export where its signature needs it. */
export function glue(raw: Raw, { args, result }: Signature, memory: Memory): Glued {
  const results = resultCode(result);
  const copied = args.flatMap((word, i) => isCopied(word) ? [{ word, name: `a${i}`, i }] : []);
  if (copied.length === 0 && results === 'r') return raw as Glued;
  const names = args.map((_, i) => `a${i}`);
  const passed = args.map((word, i) => isCopied(word) ? `p${i}` : `a${i}`);
  const body = [
    ...placeCode(copied),
    ...copied.map(({ word, i }) => copyIn(word, i)),
    `const r = raw(${passed.join(', ')});`,
    ...copyOutCode(copied),
    result === 'void' ? '' : `return ${results};`,
  ].filter((line) => line !== '').join('\n  ');
  // One function for each symbol, so that none shares its type feedback with another.
  return new Function('raw', 'memory', `return (${names.join(', ')}) => {\n  ${body}\n};`)(
    raw,
    memory,
  );
}

function isCopied(word: Word): boolean {
  return word === 'cstring' || (typeof word === 'object' && 'buffer' in word);
}

/** How a raw result becomes what the table promises: unsigned, where the module's is signed. */
function resultCode(word: Word): string {
  if (word === 'u32' || word === 'pointer' || word === 'cstring') return 'r >>> 0';
  return word === 'u64' ? 'BigInt.asUintN(64, r)' : 'r';
}

interface Copied {
  readonly word: Word;
  readonly name: string;
  readonly i: number;
}

/** Places the arguments behind each other, in one piece of scratch memory. */
function placeCode(copied: readonly Copied[]): string[] {
  if (copied.length === 0) return [];
  const sizes = copied.map(({ word, name, i }) => `const n${i} = ${sizeCode(word, name)};`);
  const round = (i: number) => `((n${i} + ${alignment - 1}) & ${-alignment})`;
  const [first, ...others] = copied;
  const total = copied.map(({ i }) => round(i)).join(' + ');
  return [
    ...sizes,
    `const p${first!.i} = memory.scratch(${total});`,
    ...others.map(({ i }, at) => `const p${i} = p${copied[at]!.i} + ${round(copied[at]!.i)};`),
    'const views = memory.views();',
  ];
}

function sizeCode(word: Word, name: string): string {
  if (word !== 'cstring') return `${name}.byteLength`;
  return `typeof ${name} === 'string' ? ${name}.length * ${bytesPerUnit} + 1 : ${name}.length`;
}

function copyIn(word: Word, i: number): string {
  if (word === 'cstring') {
    return `if (typeof a${i} === 'string') {
    const target = views.u8.subarray(p${i}, p${i} + n${i});
    views.u8[p${i} + memory.encodeInto(a${i}, target).written] = 0;
  } else views.u8.set(a${i}, p${i});`;
  }
  const type = (word as { buffer: keyof Views }).buffer;
  const at = elementBytes[type] === 1 ? `p${i}` : `p${i} / ${elementBytes[type]}`;
  // For bytes a view of another type or a bare ArrayBuffer may come.
  return type === 'u8'
    ? `views.u8.set(a${i} instanceof Uint8Array ? a${i} : ` +
      `new Uint8Array(a${i}.buffer ?? a${i}, a${i}.byteOffset ?? 0, n${i}), p${i});`
    : `views.${type}.set(a${i}, ${at});`;
}

/** What the call wrote; it may have made the memory grow. */
function copyOutCode(copied: readonly Copied[]): string[] {
  const lines = copied.flatMap(({ word, i }) => copyOut(word, i));
  return lines.length === 0 ? [] : ['const after = memory.views();', ...lines];
}

function copyOut(word: Word, i: number): string[] {
  if (typeof word !== 'object' || !('buffer' in word) || !word.mutable) return [];
  const bytes = elementBytes[word.buffer];
  const [from, to] = bytes === 1
    ? [`p${i}`, `p${i} + n${i}`]
    : [`p${i} / ${bytes}`, `(p${i} + n${i}) / ${bytes}`];
  return [`a${i}.set(after.${word.buffer}.subarray(${from}, ${to}));`];
}
