/** What is passed for a parameter that was given no value: something a function can work on. */
import type { Element, Length, Recipe } from '../catalogue/foreign.ts';
import { type Counter, countersOf, isInteger, isMemory, usualWidth } from './lengths.ts';
import type { ParsedParameter } from './prototype.ts';

/** Bytes of a source that was given no size. */
const sourceBytes = 1024;
/** Least bytes of a target: room for what may become longer than its source. */
const targetBytes = 4096;
const usualText = 'the quick brown fox jumps over a dog';
/** A path that no system call can create a file at: `/dev/null` is no folder. */
export const impossiblePath = '/dev/null/none';
/** What sorts 32-bit integers; a pointer arrives as a DataView of the 8 bytes behind it. */
const compareIntegers = '(a, b) => a.getInt32(0, true) - b.getInt32(0, true)';

/** Sizes that were given, by the place of their parameter, in elements or bytes. */
export interface GivenSizes {
  /** Bytes that a buffer was given. */
  readonly bytes: ReadonlyMap<number, number>;
  /** Elements that a length was given; of a sweep, the most. */
  readonly counts: ReadonlyMap<number, number>;
  readonly isSwept: boolean;
}

/** What suits one parameter of a function. */
export function defaultFor(
  symbol: string,
  parameters: readonly ParsedParameter[],
  place: number,
  given: GivenSizes,
): Recipe {
  const own = parameters[place]!;
  const { word, callback, target } = own;
  if (callback !== null) return defaultCallback(own);
  const counter = countersOf(parameters)[place]!;
  if (target !== null && counter !== null && 'of' in counter) {
    return { from: 'cell', element: target.element as Element, ...lengthOrText(counter.of) };
  }
  if (target !== null) return defaultMemory(symbol, parameters, place, given);
  if (word === 'pointer') return { from: 'null' };
  if (word === 'bool') return { from: 'value', text: 'true' };
  if (typeof word === 'object' && 'struct' in word) {
    return { from: 'fields', texts: Object.values(word.struct).map(fieldText) };
  }
  if (!isInteger(word)) return { from: 'value', text: '0.5' };
  if (counter !== null && 'widthOf' in counter) return { from: 'value', text: String(usualWidth) };
  if (counter !== null) {
    const { of, per } = counter;
    const unit = per === undefined ? 'elements' : 'bytes';
    return { from: 'length', of, unit, ...(per === undefined ? {} : { per }) };
  }
  return { from: 'value', text: usualInteger(own) };
}

function lengthOrText(of: number): { length: Length; text: null } {
  return { length: { of, unit: 'elements' }, text: null };
}

function fieldText(word: string): string {
  return word.startsWith('f') ? '0.5' : '1';
}

function usualInteger({ name, constants }: ParsedParameter): string {
  if (constants !== null && constants.size > 0) return String([...constants.values()][0]);
  if (/flags?$|^opts?$|options?$|reserved$|^oflag$/i.test(name)) return '0';
  return /^base$/i.test(name) ? '10' : '1';
}

function defaultCallback({ name }: ParsedParameter): Recipe {
  return /comp|cmp/i.test(name) ? { from: 'callback', source: compareIntegers } : { from: 'null' };
}

/** The element of the buffer that a parameter points to; `int` where its width is an argument. */
export function elementOf(parameters: readonly ParsedParameter[], place: number): Element {
  const element = parameters[place]!.target?.element ?? 'u8';
  if (element === 'pointer') return 'u64';
  const isWide = element === 'void' &&
    countersOf(parameters).some((one) => one !== null && 'widthOf' in one && one.widthOf === place);
  if (isWide) return 'i32';
  return element === 'void' || element === 'char' || element === 'struct' ? 'u8' : element;
}

function defaultMemory(
  symbol: string,
  parameters: readonly ParsedParameter[],
  place: number,
  given: GivenSizes,
): Recipe {
  const own = parameters[place]!;
  const { element, isConst, bytes } = own.target!;
  if (element === 'pointer') return { from: 'bytes', bytes: 8, fill: 'zeros', element: 'u64' };
  if (element === 'struct') return { from: 'bytes', bytes, fill: 'zeros', element: 'u8' };
  const counters = countersOf(parameters);
  const counting = counters.findIndex((one) => one !== null && 'of' in one && one.of === place);
  const isCopied = counters.some((one) => one !== null && 'of' in one && one.of !== place);
  if (element === 'void' && !isConst && counting === -1 && !isCopied) return { from: 'null' };
  const isText = isConst && (element === 'char' || /xmlChar/i.test(own.written));
  const count = counting === -1 ? undefined : given.counts.get(counting);
  if (isText && count === undefined) return { from: 'text', text: textFor(symbol, own) };
  const known = count === undefined ? undefined : count * widthOf(counters[counting]!, bytes);
  if (isTarget(own)) {
    const most = Math.max(0, ...given.bytes.values(), ...countedBytes(parameters, given));
    const room = Math.max(targetBytes, 2 * most + 1024);
    const grows = given.isSwept && known === undefined ? { grows: true as const } : {};
    return {
      from: 'bytes',
      bytes: known ?? room,
      fill: 'zeros',
      element: elementOf(parameters, place),
      ...grows,
    };
  }
  const fill = counting === -1 && isConst ? 'ended' : 'pattern';
  return {
    from: 'bytes',
    bytes: known ?? sourceBytes,
    fill,
    element: elementOf(parameters, place),
  };
}

/** Bytes of one that a counter counts. */
function widthOf(counter: Counter, bytes: number): number {
  return 'per' in counter ? counter.per ?? bytes : bytes;
}

/** Bytes of all memory that given lengths count. */
function countedBytes(parameters: readonly ParsedParameter[], given: GivenSizes): number[] {
  const counters = countersOf(parameters);
  return [...given.counts].flatMap(([place, count]) => {
    const counter = counters[place];
    return counter != null && 'of' in counter
      ? [count * parameters[counter.of]!.target!.bytes]
      : [];
  });
}

const targetNames = 'dst dest destination out output outbuf res result r buf buffer to c h hash ' +
  'digest md md_value target z str s der p ret';
const targetName = new RegExp(
  `^(${targetNames.replaceAll(' ', '|')}|ret\\w*|\\w*_?out|out_?\\w*)\\d*$`,
  'i',
);

/** Whether C is meant to write to memory, rather than to change what is in it. */
export function isTarget(own: ParsedParameter): boolean {
  const { target, name, isNamed } = own;
  if (target === null || target.isConst || !isMemory(own)) return false;
  if (target.element === 'char' || !isNamed) return true;
  return targetName.test(name);
}

function textFor(symbol: string, { name }: ParsedParameter): string {
  const isPath = /file|path|dir|^url$/i.test(name);
  const opens = /open|creat|mkdir|mknod|mkfifo|link|parsefile|readfile|savefile|write_?file/i;
  if (/^modes?$/i.test(name)) return 'r';
  return isPath || opens.test(symbol) ? impossiblePath : usualText;
}
