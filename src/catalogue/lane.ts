/**
 * What a task sees of a lane: functions bound to the library, and the conversions that the lane's
 * runtime offers. A lane adds nothing to a call: `call` hands out the very function that the
 * runtime returned.
 */
import type { Signatures, SymbolName } from './signatures.ts';
import type { BufferWord, CallbackWord, Scalar, Signature, StructWord, Word } from './words.ts';

declare const opaque: unique symbol;

/**
 * An address as the lane's runtime represents it: an object, a number or a bigint; null is null.
 */
export interface Pointer {
  readonly [opaque]: 'pointer';
}
/** What a function that returns a C string returns here: a string, or an address to be read. */
export interface CStringResult {
  readonly [opaque]: 'cstring';
}
/** What the lane passes where C wants a function pointer. */
export interface FunctionRef {
  readonly [opaque]: 'function';
}
/** A struct by value as the lane represents it. */
export interface StructValue {
  readonly [opaque]: 'struct';
}

interface Arrays {
  u8: Uint8Array;
  u16: Uint16Array;
  u32: Uint32Array;
  i32: Int32Array;
  u64: BigUint64Array;
  f64: Float64Array;
}

type ScalarOf<W extends Scalar> = W extends 'bool' ? boolean
  : W extends 'i64' | 'u64' ? bigint
  : number;

/** The TypeScript type of an argument. */
export type ArgOf<W extends Word> = W extends 'pointer' ? Pointer | null
  : W extends 'cstring' ? string | Uint8Array
  : W extends BufferWord ? Arrays[W['buffer']]
  : W extends CallbackWord ? FunctionRef
  : W extends StructWord ? StructValue
  : W extends Scalar ? ScalarOf<W>
  : never;

type ArgsOf<A extends readonly Word[]> = {
  -readonly [K in keyof A]: A[K] extends Word ? ArgOf<A[K]> : never;
};

/** The TypeScript type of a result. */
export type ResultOf<W extends Word> = W extends 'void' ? void
  : W extends 'pointer' ? Pointer | null
  : W extends 'cstring' ? CStringResult
  : W extends StructWord ? StructValue
  : W extends Scalar ? ScalarOf<W>
  : never;

/** The TypeScript type of a bound function, from its row of the signature table. */
export type CallOf<N extends SymbolName> = (
  ...args: ArgsOf<Signatures[N]['args']>
) => ResultOf<Signatures[N]['result']>;

/**
 * What some lanes can do and others cannot. A lane declares each as true or as the reason why not;
 * a test holds the declaration against the runtime, in both directions.
 */
export const capabilities = {
  string_argument: 'a JavaScript string may be passed where C wants a `const char *`',
  u64_from_number: 'a Number may be passed where C wants 64 bits',
  u64_fast: 'a 64-bit result may come back as a Number',
  data_view: 'a DataView may be passed where C wants a pointer',
  array_buffer: 'an ArrayBuffer may be passed where C wants a pointer',
  buffer_length: 'the length of a buffer may be given as the buffer itself',
  struct_by_value: 'structs are passed and returned by value',
  callback: 'C may call JavaScript back on the calling thread',
  callback_thread_value: 'a foreign thread may call JavaScript and gets its answer',
  callback_thread_notice: 'a foreign thread may notify JavaScript without waiting for it',
  function_pointer: 'a raw function address can be called',
  async: 'a call may run on another thread and settle a promise',
  worker: 'a Worker may open the library and call it beside the main thread',
  address_of: 'the address of a buffer can be had',
  native_memory: 'there is native memory that JavaScript does not own',
  native_objects: 'native code may make JavaScript objects',
  errno: 'the runtime tells the errno of the last call',
  errno_survives: 'errno is still there for a second call that reads it',
  plain_javascript: 'the work stays in JavaScript',
  extension: "the host's own extensions hold code of theirs",
} as const;

export type Capability = keyof typeof capabilities;

/** What a lane is without, where it does not bring the whole library or the whole catalogue. */
export interface Limits {
  /** Functions of the table that it does not have, each with the reason. */
  readonly lacks?: Readonly<Partial<Record<SymbolName, string>>>;
  /** The only tasks that it has, by id. */
  readonly tasks?: readonly string[];
  /** Why it has no other tasks. */
  readonly otherTasks?: string;
}

export type Capabilities =
  & Readonly<Record<Capability, true | string>>
  & { readonly limits?: Limits };

/**
 * How a function is bound where a lane has more than one way. `array_buffer` takes bare
 * ArrayBuffers and `pointer` addresses, where the plain form takes views.
 */
export type Form = 'plain' | 'u64_fast' | 'buffer_length' | 'array_buffer' | 'pointer' | 'async';

/** A function that a task asks for. */
export interface BindingRequest {
  readonly symbol: SymbolName;
  readonly form: Form;
}

/**
 * A function of another library: the table does not know it, so that the request says what it is.
 */
export interface ForeignRequest {
  /** The name under which that library exports it. */
  readonly exported: string;
  readonly signature: Signature;
}

/** A JavaScript function that C can call, until it is closed. */
export interface Callback {
  readonly ref: FunctionRef;
  close(): void;
}

/**
 * How a runtime moves values in and out of buffers: of each, the fastest form that is correct
 * there. `bench/forms.ts` holds every choice against the other forms that are known.
 */
export interface Forms {
  /** A function that copies an ordinary array into the start of this typed one. */
  numberWriter(target: Float64Array): (list: readonly number[]) => void;
  /** A typed array of its own from an ordinary one. */
  freshNumbers(list: readonly number[]): Float64Array;
  /**
   * A function that writes a text as UTF-8 into this buffer and returns how many bytes it wrote.
   */
  textWriter(target: Uint8Array): (text: string) => number;
  /** A text as UTF-8 in an array of its own. */
  encode(text: string): Uint8Array;
  /** A function that writes a text's UTF-16 units into this buffer and returns how many. */
  unitWriter(target: Uint16Array): (text: string) => number;
  /** A function that reads that many bytes of UTF-8 from the start of this buffer. */
  textReader(source: Uint8Array): (bytes: number) => string;
}

/** Work that every runtime has built in, beside the kernel that does the same. */
export interface Builtins {
  crc32(bytes: Uint8Array): number;
  /** Answers the 32 bytes. */
  sha256(bytes: Uint8Array): Uint8Array;
  base64(bytes: Uint8Array): string;
  isUtf8(bytes: Uint8Array): boolean;
}

/** An object of the family `records`. */
export interface RecordObject {
  readonly id: number;
  readonly x: number;
  readonly y: number;
  readonly name: string;
}

/** An object of the family `tree`. */
export interface TreeObject {
  readonly value: number;
  readonly left: TreeObject | null;
  readonly right: TreeObject | null;
}

/** Objects that native code makes of what lies at an address. */
export interface NativeObjects {
  records(first: Pointer, count: number): readonly RecordObject[];
  tree(root: Pointer): TreeObject;
}

/** How a lane makes and reads one kind of struct by value, all of whose fields are numbers. */
export interface StructForm {
  make(fields: readonly number[]): StructValue;
  /** A struct like that with another first field; may be the very same one, changed. */
  withFirst(value: StructValue, first: number): StructValue;
  /** All fields, in order. */
  fields(value: StructValue): readonly number[];
  /** The first field. */
  first(value: StructValue): number;
}

/** The library, opened in a lane with the functions that a task asked for. */
export interface OpenLane {
  readonly capabilities: Capabilities;
  /** The runtime's own function for a symbol that was asked for. */
  call<N extends SymbolName>(symbol: N): CallOf<N>;
  /** The same in another form; its type differs from the table's, so the task states it. */
  // deno-lint-ignore no-explicit-any
  callAs<F extends (...args: any[]) => unknown>(symbol: SymbolName, form: Form): F;
  /** The runtime's own object of symbols, by exported name. */
  readonly symbols: Readonly<Record<string, (...args: never[]) => unknown>>;
  /** Where C wants a string, this lane takes texts and no bytes that end in zero. */
  readonly takesTextAlone?: true;
  /** Reads a C string result; null where the function answered a string already. */
  readonly readCString: ((result: CStringResult) => string) | null;
  /** Reads the C string at an address, where `readCString` does not. */
  readonly readTextAt?: (pointer: Pointer) => string;
  /** How the runtime moves values in and out of buffers. */
  readonly forms: Forms;
  /** How native code makes objects; where it can. */
  readonly objects?: NativeObjects;
  /** The errno of the last call, by the runtime's own function; where it has one. */
  errno?(): number;
  /** The runtime's own work; on plain lanes alone. */
  readonly builtins?: Builtins;
  /** How a struct of this kind is made and read; where structs go by value. */
  structForm?(word: StructWord): StructForm;
  /** What this lane passes for a C `bool`. */
  bool(value: boolean): boolean;
  /** Whether two addresses are the same. */
  samePointer(a: Pointer | null, b: Pointer | null): boolean;
  /** An address that C wrote as a number, for instance through a `T **`; null where it is 0. */
  pointerAt(address: bigint): Pointer | null;
  /** The address of a buffer, by the runtime's own function. */
  readonly addressOf: (buffer: Uint8Array) => Pointer;
  /** So many numbers in native memory, as a view made by the runtime's own function. */
  numbersAt(pointer: Pointer, count: number): Float64Array;
  /** A function to call a raw address that takes and returns nothing. */
  functionAt(pointer: Pointer): () => void;
  /** A JavaScript function as a C function pointer. */
  callback(
    word: CallbackWord,
    // deno-lint-ignore no-explicit-any
    fn: (...args: any[]) => unknown,
    thread?: 'same' | 'foreign',
  ): Callback;
  close(): void;
}

/** A lane: one runtime's way to native code. */
export interface Lane {
  readonly capabilities: Capabilities;
  /** Opens the library. Throws where the library or a symbol is missing. */
  open(library: string, requests: readonly (BindingRequest | ForeignRequest)[]): OpenLane;
}
