/**
 * Lanes `deno.napi`, `bun.napi` and `node.napi`: one Node-API addon that all three load
 * unchanged. Its functions are made from the kernels' own types when it is compiled; here they
 * are only asked for.
 */
import { createRequire } from 'node:module';
import type {
  Form,
  FunctionRef,
  Lane,
  NativeObjects,
  OpenLane,
  Pointer,
} from '../src/catalogue/lane.ts';
import type { CallbackWord } from '../src/catalogue/words.ts';
import { bind, type Functions, type Opened } from './bound.ts';
import { pointerAt } from './number_pointer.ts';
import { objectForm } from './object_form.ts';
import { capabilitiesOf, laneRow } from './lanes.ts';

/** The addon, as zig/napi.zig describes it. */
interface Addon {
  open(form: Form, names: readonly string[]): Opened['symbols'];
  addressOf(buffer: Uint8Array): Pointer;
  viewAt(address: Pointer, bytes: number): ArrayBuffer;
  textAt(address: Pointer): string;
  functionAt(address: Pointer): () => void;
  recordsAt: NativeObjects['records'];
  treeAt: NativeObjects['tree'];
  threadsafe(kind: 'value' | 'notice', fn: (i: number) => unknown): number;
  closeThreadsafe(address: number): boolean;
}

const load = createRequire(import.meta.url) as (path: string) => Addon;

/** The addon takes functions themselves; only a foreign thread needs an address that outlasts. */
function callbacks(addon: Addon) {
  return (
    { callback: { result } }: CallbackWord,
    fn: (...args: never[]) => unknown,
    thread: 'same' | 'foreign' = 'same',
  ) => {
    if (thread === 'same') return { ref: fn as unknown as FunctionRef, close: () => {} };
    const kind = result === 'void' ? 'notice' : 'value';
    const address = addon.threadsafe(kind, fn as never);
    return {
      ref: address as unknown as FunctionRef,
      close: () => void addon.closeThreadsafe(address),
    };
  };
}

/** The plain form takes ArrayBuffers too. */
function open(addon: Addon, form: Form, functions: Functions): Opened {
  const own = form === 'array_buffer' ? 'plain' : form;
  return { symbols: addon.open(own, [...functions.keys()]), close: () => {} };
}

// Node-API is one mechanism with one set of abilities in every runtime.
const capabilities = capabilitiesOf(laneRow('node.napi'));

const lane: Lane = {
  capabilities,
  open(library, requests): OpenLane {
    const addon = load(library);
    return {
      ...bind(requests, (form, functions) => open(addon, form, functions)),
      capabilities,
      readCString: null,
      bool: (value) => value,
      samePointer: (a, b) => a === b,
      addressOf: addon.addressOf,
      readTextAt: addon.textAt,
      pointerAt,
      numbersAt: (pointer, count) => new Float64Array(addon.viewAt(pointer, count * 8)),
      objects: { records: addon.recordsAt, tree: addon.treeAt },
      functionAt: addon.functionAt,
      callback: callbacks(addon),
      structForm: objectForm,
    };
  },
};

export default lane;
