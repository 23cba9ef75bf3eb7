/**
 * Lanes `deno.napi_cpp`, `bun.napi_cpp` and `node.napi_cpp`: an addon written by hand with
 * node-addon-api, for what its comfort costs beside the generated one (`napi`).
 */
import { createRequire } from 'node:module';
import type { Lane, OpenLane } from '../src/catalogue/lane.ts';
import { bind, definitions, type Opened } from './bound.ts';
import { capabilitiesOf, laneRow } from './lanes.ts';

const load = createRequire(import.meta.url) as (path: string) => Opened['symbols'];

/** The function of the addon, or one that says that it has none. */
function functionOf(addon: Opened['symbols'], exported: string) {
  return addon[exported] ?? (() => {
    throw new Error(`The addon by node-addon-api has no ${exported}.`);
  });
}

// One mechanism with one set of abilities in every runtime.
const capabilities = capabilitiesOf(laneRow('node.napi_cpp'));

function no(name: keyof typeof capabilities): () => never {
  return () => {
    throw new Error(capabilities[name] as string);
  };
}

const lane: Lane = {
  capabilities,
  open(library, requests): OpenLane {
    const addon = load(library);
    return {
      ...bind(requests, (_form, functions) => ({
        symbols: definitions(functions, (_signature, exported) => functionOf(addon, exported)),
        close: () => {},
      })),
      capabilities,
      readCString: null,
      bool: (value) => value,
      samePointer: (a, b) => a === b,
      addressOf: no('address_of'),
      pointerAt: no('address_of'),
      numbersAt: no('native_memory'),
      functionAt: no('native_memory'),
      callback: no('native_memory'),
    };
  },
};

export default lane;
