/**
 * Lanes `deno.napi_rs`, `bun.napi_rs` and `node.napi_rs`: an addon by napi-rs whose functions are
 * generated from the signature table, for what its comfort costs beside the one in Zig (`napi`).
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
import { bind, definitions, type Functions, type Opened } from './bound.ts';
import { capabilitiesOf, laneRow } from './lanes.ts';
import { pointerAt } from './number_pointer.ts';
import { objectForm } from './object_form.ts';

/** What the addon has beside the functions of the table, each also by its form. */
interface Addon {
  readonly addressOf: OpenLane['addressOf'];
  textAt(address: Pointer): string;
  numbersAt(address: Pointer, count: number): Float64Array;
  functionAt(address: Pointer): () => void;
  recordsAt: NativeObjects['records'];
  treeAt: NativeObjects['tree'];
}

const load = createRequire(import.meta.url) as (path: string) => Addon & Opened['symbols'];

// One mechanism with one set of abilities in every runtime.
const capabilities = capabilitiesOf(laneRow('node.napi_rs'));

function open(addon: Opened['symbols'], form: Form, functions: Functions): Opened {
  const ending = form === 'plain' ? '' : `_${form}`;
  const find = (exported: string) =>
    addon[exported + ending] ?? (() => {
      throw new Error(`The addon by napi-rs has no ${exported}${ending}.`);
    });
  return {
    symbols: definitions(functions, (_signature, exported) => find(exported)),
    close: () => {},
  };
}

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
      numbersAt: addon.numbersAt,
      functionAt: addon.functionAt,
      objects: { records: addon.recordsAt, tree: addon.treeAt },
      callback(_word, fn, thread = 'same') {
        if (thread === 'foreign') throw new Error(capabilities.callback_thread_value as string);
        return { ref: fn as unknown as FunctionRef, close: () => {} };
      },
      structForm: objectForm,
    };
  },
};

export default lane;
