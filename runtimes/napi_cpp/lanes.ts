/** The rows of the lanes by node-addon-api, and what addon.cc has and is without. */
import { symbolNames } from '../../src/catalogue/signatures.ts';

/** Of every addon, whatever it is written with. */
export const noErrnoInNodeApi =
  'Node-API tells no errno; an addon hands it on in a function of its own';

/** The functions of addon.cc. */
const has = new RegExp(
  '^(noop|i32_args_[12]|f64_args_2|buffer_(touch|sum|fill)|string_(sum|ignore)(_z)?' +
    '|string_(prepare|get|copy)|calls|manifest|spin_chain|throughput)$',
);
const fewFunctions = 'the addon by node-addon-api is written for few functions';
const bytesAlone = 'the addon by node-addon-api takes Uint8Arrays alone';

const common = {
  mechanism: 'napi_cpp',
  module: 'runtimes/napi_cpp.ts',
  artifact: 'addon_cpp',
  cannot: {
    errno: noErrnoInNodeApi,
    data_view: bytesAlone,
    array_buffer: bytesAlone,
    native_memory: fewFunctions,
    native_objects: fewFunctions,
    address_of: fewFunctions,
    worker: fewFunctions,
  },
  limits: {
    lacks: Object.fromEntries(
      symbolNames.filter((name) => !has.test(name)).map((name) => [name, fewFunctions]),
    ),
  },
} as const;

export const napiCppLanes = [
  { lane: 'deno.napi_cpp', runtime: 'deno', ...common },
  { lane: 'bun.napi_cpp', runtime: 'bun', ...common },
  { lane: 'node.napi_cpp', runtime: 'node', ...common },
] as const;
