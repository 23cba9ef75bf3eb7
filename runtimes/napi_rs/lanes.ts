/** The rows of the lanes by napi-rs: what it takes and gives, and what it is without. */
import { noErrnoInNodeApi } from '../napi_cpp/lanes.ts';

const sliceAlone = 'a slice of napi-rs is of a typed array';
const noThreadsafe = 'the addon by napi-rs makes no ThreadsafeFunction';

const common = {
  mechanism: 'napi_rs',
  module: 'runtimes/napi_rs.ts',
  artifact: 'addon_rs',
  cannot: {
    errno: noErrnoInNodeApi,
    u64_from_number: 'napi-rs takes 64-bit integers only as BigInt',
    u64_fast: 'napi-rs gives 64-bit integers only as BigInt',
    data_view: sliceAlone,
    array_buffer: sliceAlone,
    buffer_length: 'the addon by napi-rs takes slice and length as two arguments',
    callback_thread_value: noThreadsafe,
    callback_thread_notice: noThreadsafe,
  },
} as const;

export const napiRsLanes = [
  { lane: 'deno.napi_rs', runtime: 'deno', ...common },
  { lane: 'bun.napi_rs', runtime: 'bun', ...common },
  { lane: 'node.napi_rs', runtime: 'node', ...common },
] as const;
