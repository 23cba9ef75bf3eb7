/**
 * Lanes `deno.wasm`, `bun.wasm` and `node.wasm`: the same kernels in WebAssembly. What JavaScript
 * owns is copied into the module's memory for every call and back after it; what lives there
 * already is passed by its address, and JavaScript sees it through a view.
 */
import { readFileSync } from 'node:fs';
import type { FunctionRef, Lane, OpenLane, Pointer } from '../src/catalogue/lane.ts';
import type { CallbackWord, Scalar, Signature, Word } from '../src/catalogue/words.ts';
import { bind, definitions, type Functions, type Opened } from './bound.ts';
import { capabilitiesOf, laneRow } from './lanes.ts';
import { glue, type Memory, viewsOn } from './wasm_glue.ts';

type Exported = (...args: never[]) => unknown;

/** What the module exports beside its kernels. */
interface Exports {
  readonly memory: WebAssembly.Memory;
  readonly __indirect_function_table: WebAssembly.Table;
  allocate(bytes: number): number;
}

interface Instance {
  readonly exports: Exports & Readonly<Record<string, Exported>>;
  readonly memory: Memory;
}

/** Scratch memory that a module starts with, in bytes: more than most calls copy. */
const firstScratchBytes = 1 << 20;

const instances = new Map<string, Instance>();

/** The one instance of a module in this process: its memory and its call counter are shared. */
function instanceOf(path: string): Instance {
  const known = instances.get(path);
  if (known !== undefined) return known;
  const module = new WebAssembly.Module(readFileSync(path));
  const exports = new WebAssembly.Instance(module, {}).exports as unknown as Instance['exports'];
  const made = { exports, memory: memoryOf(exports) };
  instances.set(path, made);
  return made;
}

function memoryOf({ memory, allocate }: Exports): Memory {
  const encoder = new TextEncoder();
  let capacity = firstScratchBytes;
  let start = allocate(capacity);
  let views = viewsOn(memory.buffer);
  return {
    scratch(bytes) {
      if (bytes > capacity) {
        capacity = bytes;
        start = allocate(capacity);
      }
      return start;
    },
    views() {
      // A memory that has grown takes its views away.
      if (views.u8.byteLength === 0) views = viewsOn(memory.buffer);
      return views;
    },
    encodeInto: (text, target) => encoder.encodeInto(text, target),
  };
}

/** Stands for a kernel that the module does not have. */
function missing(exported: string): () => never {
  return () => {
    throw new Error(`The module exports no ${exported}.`);
  };
}

function open({ exports, memory }: Instance, functions: Functions): Opened {
  const make = (signature: Signature, exported: string) => {
    const raw = exports[exported];
    return raw === undefined ? missing(exported) : glue(raw, signature, memory);
  };
  return { symbols: definitions(functions, make) as Opened['symbols'], close: () => {} };
}

/** Value types of the binary format. */
const valueTypes: Partial<Record<Scalar | 'void', number>> = {
  i64: 0x7e,
  u64: 0x7e,
  f32: 0x7d,
  f64: 0x7c,
};
const i32 = 0x7f;

function typeCodes(words: readonly Word[]): number[] {
  return words.filter((word) => word !== 'void').map((word) => valueTypes[word as Scalar] ?? i32);
}

/**
 * A JavaScript function as an export of a module, which is all that a table takes: a module that
 * imports it and exports it again, of one type. Specification: WebAssembly 2.0, chapter 5.
 */
function exported(fn: (...args: never[]) => unknown, { args, result }: Signature): Exported {
  const section = (id: number, ...bytes: number[]) => [id, bytes.length, ...bytes];
  const vector = (bytes: number[]) => [bytes.length, ...bytes];
  const name = [1, 0x66];
  const header = [0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0];
  const bytes = Uint8Array.from([
    ...header,
    ...section(1, 1, 0x60, ...vector(typeCodes(args)), ...vector(typeCodes([result]))),
    ...section(2, 1, ...name, ...name, 0, 0),
    ...section(7, 1, ...name, 0, 0),
  ]);
  const made = new WebAssembly.Instance(new WebAssembly.Module(bytes), { f: { f: fn as never } });
  return made.exports['f'] as Exported;
}

/** A function that gets its arguments as the table of signatures means them: unsigned ones too. */
function receiving(fn: (...args: never[]) => unknown, { args }: Signature) {
  const read = args.map((word) =>
    word === 'u64'
      ? (value: bigint) => BigInt.asUintN(64, value)
      : word === 'u32' || word === 'pointer'
      ? (value: number) => value >>> 0
      : null
  );
  if (read.every((one) => one === null)) return fn;
  const each = (value: never, i: number) => read[i]?.(value) ?? value;
  return (...given: never[]) => fn(...given.map(each) as never[]);
}

/**
 * Puts a function into the table, which grows for it; a closed one leaves its place to the next.
 */
function callbacks(table: WebAssembly.Table) {
  const free: number[] = [];
  return ({ callback }: CallbackWord, fn: (...args: never[]) => unknown) => {
    const place = free.pop() ?? table.grow(1);
    table.set(place, exported(receiving(fn, callback), callback));
    const close = () => {
      table.set(place, null);
      free.push(place);
    };
    return { ref: place as unknown as FunctionRef, close };
  };
}

/** Reads a text up to its zero byte. */
function textReader(memory: Memory) {
  const decoder = new TextDecoder();
  return (address: number) => {
    const { u8 } = memory.views();
    return decoder.decode(u8.subarray(address, u8.indexOf(0, address)));
  };
}

// WebAssembly is one mechanism with one set of abilities in every engine.
const capabilities = capabilitiesOf(laneRow('node.wasm'));

function no(name: keyof typeof capabilities): () => never {
  return () => {
    throw new Error(capabilities[name] as string);
  };
}

const lane: Lane = {
  capabilities,
  open(library, requests): OpenLane {
    const instance = instanceOf(library);
    const { exports, memory } = instance;
    const table = exports.__indirect_function_table;
    return {
      ...bind(requests, (_form, functions) => open(instance, functions)),
      capabilities,
      readCString: textReader(memory) as unknown as OpenLane['readCString'],
      bool: (value) => Number(value) as unknown as boolean,
      samePointer: (a, b) => Number(a ?? 0) === Number(b ?? 0),
      addressOf: no('address_of'),
      readTextAt: textReader(memory) as unknown as (pointer: Pointer) => string,
      pointerAt: (address) => (address === 0n ? null : Number(address) as unknown as Pointer),
      numbersAt: (pointer, count) =>
        new Float64Array(exports.memory.buffer, pointer as unknown as number, count),
      functionAt: (pointer) => table.get(pointer as unknown as number),
      callback: callbacks(table),
    };
  },
};

export default lane;
