/** How each mechanism of CPython converts values around a call; see `Way`. */
import type { StructWay, Way } from './case.ts';

/** A struct as an object with fields. */
const fields: StructWay = {
  setFirst: 'kept.a = x',
  first: (call) => `${call}.a`,
  all: (call, count) => `(lambda s: [getattr(s, f) for f in 'abcdefgh'[:${count}]])(${call})`,
};

/** What the two ways of cffi share: its arrays take a list, its pointers are read by `ffi`. */
const cffi: Way = {
  freshSetup: () => '',
  fresh: (list) => `ffi.new('double[]', ${list})`,
  text: (call) => `ffi.string(${call}).decode()`,
  textOf: (kept, bytes) => `ffi.buffer(${kept}, ${bytes})[:].decode()`,
  textAt: (address) => `ffi.string(ffi.cast('char *', ${address})).decode()`,
  errno: { setup: '', read: 'ffi.errno' },
  freshBytes: { setup: (bytes) => `size = ${bytes}`, make: "ffi.new('uint8_t[]', size)" },
  freshCallback: {
    setup: '',
    make: "ffi.callback('ffib_callback_repeat_callback', next_of)",
  },
  numbersAt: (address, count) =>
    `memoryview(ffi.buffer(ffi.cast('double *', ${address}), 8 * ${count})).cast('d')`,
  struct: fields,
};

/** What the extension modules share: a typed array, and texts converted by the wrapper. */
const extension: Way = {
  freshSetup: () => '',
  fresh: (list) => `array('d', ${list})`,
  text: (call) => call,
  textOf: (kept, bytes) => `${kept}[:${bytes}].decode()`,
  freshBytes: { setup: (bytes) => `size = ${bytes}`, make: 'bytearray(size)' },
  struct: {
    setFirst: 'kept = (x, *rest)',
    first: (call) => `${call}[0]`,
    all: (call) => `list(${call})`,
  },
};

export const ways = {
  ctypes: {
    freshSetup: (list) => `Numbers = ctypes.c_double * len(${list})`,
    fresh: (list) => `Numbers(*${list})`,
    text: (call) => `${call}.decode()`,
    textOf: (kept, bytes) => `ctypes.string_at(${kept}, ${bytes}).decode()`,
    textAt: (address) => `ctypes.string_at(${address}).decode()`,
    errno: {
      setup: "from ctypes import get_errno\nerrno_fail = with_errno('errno_fail')",
      read: 'get_errno()',
    },
    freshBytes: { setup: (bytes) => `Bytes = ctypes.c_uint8 * ${bytes}`, make: 'Bytes()' },
    freshCallback: {
      setup: "Callback = callback_type('callback_repeat')",
      make: 'Callback(next_of)',
    },
    numbersAt: (address, count) => `(ctypes.c_double * ${count}).from_address(${address})`,
    struct: fields,
  },
  cffi_abi: cffi,
  cffi_api: cffi,
  cython: extension,
  pyo3: extension,
} satisfies Record<string, Way>;
