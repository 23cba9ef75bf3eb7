/**
 * Lanes `deno.wasm_bindgen`, `bun.wasm_bindgen` and `node.wasm_bindgen`: the kernels of `wasm`
 * behind functions by wasm-bindgen, which are generated from the signature table.
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
import { symbolPrefix } from '../src/catalogue/signatures.ts';
import { bind, definitions, type Functions, type Opened } from './bound.ts';
import { capabilitiesOf, laneRow } from './lanes.ts';

/** What the module has beside the functions of the table, whose names have no prefix here. */
interface Module {
  textAt(address: Pointer): string;
  memoryOf(): WebAssembly.Memory;
  callAt(place: Pointer): void;
  recordsAt: NativeObjects['records'];
  treeAt: NativeObjects['tree'];
}

/** Loads the script that wasm-bindgen wrote beside the module. */
const load = createRequire(import.meta.url) as (path: string) => Module & Opened['symbols'];

// WebAssembly is one mechanism with one set of abilities in every engine.
const capabilities = capabilitiesOf(laneRow('node.wasm_bindgen'));

function no(name: keyof typeof capabilities): () => never {
  return () => {
    throw new Error(capabilities[name] as string);
  };
}

function open(module: Opened['symbols'], form: Form, functions: Functions): Opened {
  const ending = form === 'plain' ? '' : `_${form}`;
  const missing = (exported: string) => () => {
    throw new Error(`The module by wasm-bindgen has no ${exported}${ending}.`);
  };
  const find = (exported: string) =>
    module[exported.slice(symbolPrefix.length) + ending] ?? missing(exported);
  return {
    symbols: definitions(functions, (_signature, exported) => find(exported)),
    close: () => {},
  };
}

const lane: Lane = {
  capabilities,
  open(library, requests): OpenLane {
    const module = load(library.replace(/_bg\.wasm$/, '.cjs'));
    return {
      ...bind(requests, (form, functions) => open(module, form, functions)),
      capabilities,
      takesTextAlone: true,
      readCString: null,
      bool: (value) => value,
      samePointer: (a, b) => Number(a ?? 0) === Number(b ?? 0),
      addressOf: no('address_of'),
      readTextAt: module.textAt,
      pointerAt: (address) => (address === 0n ? null : Number(address) as unknown as Pointer),
      numbersAt: (pointer, count) =>
        new Float64Array(module.memoryOf().buffer, pointer as unknown as number, count),
      functionAt: (pointer) => () => module.callAt(pointer),
      objects: { records: module.recordsAt, tree: module.treeAt },
      callback: (_word, fn) => ({ ref: fn as unknown as FunctionRef, close: () => {} }),
    };
  },
};

export default lane;
