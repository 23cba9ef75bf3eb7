/** How each mechanism of CPython converts values around a call; see `Way`. */
import type { Way } from './case.ts';

/** What the two ways of cffi share: its arrays take a list, its pointers are read by `ffi`. */
const cffi: Way = {
  freshSetup: () => '',
  fresh: (list) => `ffi.new('double[]', ${list})`,
  text: (call) => `ffi.string(${call}).decode()`,
  textOf: (kept, bytes) => `ffi.buffer(${kept}, ${bytes})[:].decode()`,
};

/** What the extension modules share: a typed array, and texts converted by the wrapper. */
const extension: Way = {
  freshSetup: () => '',
  fresh: (list) => `array('d', ${list})`,
  text: (call) => call,
  textOf: (kept, bytes) => `${kept}[:${bytes}].decode()`,
};

export const ways = {
  ctypes: {
    freshSetup: (list) => `Numbers = ctypes.c_double * len(${list})`,
    fresh: (list) => `Numbers(*${list})`,
    text: (call) => `${call}.decode()`,
    textOf: (kept, bytes) => `ctypes.string_at(${kept}, ${bytes}).decode()`,
  },
  cffi_abi: cffi,
  cffi_api: cffi,
  cython: extension,
  pyo3: extension,
} as const satisfies Record<string, Way>;
