/** The lanes of CPython, as rows of the registry. */

/** What is no question here, since only JavaScript has these values. */
const ofJavascript = {
  u64_from_number: 'Python has one type of integers, whatever their size',
  u64_fast: 'Python has one type of integers, whatever their size',
  data_view: 'a DataView is a value of JavaScript',
  array_buffer: 'an ArrayBuffer is a value of JavaScript',
  worker: 'a Worker is a thread of JavaScript',
  async: 'no promise is settled: Python has asynchronous calls by threads of its own',
} as const;

const crossing = {
  ...ofJavascript,
  native_objects: 'the bindings convert values, and make no objects of what lies in memory',
  buffer_length: 'pointer and length are two arguments',
  callback_thread_notice: 'a foreign thread waits for the interpreter lock, always',
} as const;

const errnoLost = "errno is the interpreter's too, which may set it between two calls";
const bytesOnly = 'a str is no C string here; encode it into bytes';
const builtFor = 'the extension calls functions that it was built for';
const noBoundary = 'plain Python crosses no boundary';

const program = { runtime: 'cpython', module: null } as const;

export const cpythonLanes = [
  {
    ...program,
    lane: 'cpython.ctypes',
    mechanism: 'ctypes',
    artifact: 'library',
    cannot: { ...crossing, string_argument: bytesOnly, errno_survives: errnoLost },
  },
  {
    ...program,
    lane: 'cpython.cffi_abi',
    mechanism: 'cffi_abi',
    artifact: 'library',
    cannot: { ...crossing, string_argument: bytesOnly },
  },
  {
    ...program,
    lane: 'cpython.cffi_api',
    mechanism: 'cffi_api',
    artifact: 'library',
    cannot: { ...crossing, string_argument: bytesOnly },
  },
  {
    ...program,
    lane: 'cpython.cython',
    mechanism: 'cython',
    artifact: 'library',
    cannot: { ...crossing, function_pointer: builtFor, errno_survives: errnoLost },
  },
  {
    ...program,
    lane: 'cpython.pyo3',
    mechanism: 'pyo3',
    artifact: 'library',
    cannot: { ...crossing, function_pointer: builtFor, errno_survives: errnoLost },
  },
  {
    ...program,
    lane: 'cpython.numpy',
    mechanism: 'numpy',
    artifact: null,
    cannot: {
      ...crossing,
      string_argument: 'NumPy calls functions of its own alone',
      struct_by_value: 'NumPy calls functions of its own alone',
      callback: 'NumPy calls functions of its own alone',
      callback_thread_value: 'NumPy calls functions of its own alone',
      function_pointer: 'NumPy calls functions of its own alone',
    },
    note: 'NumPy does the work by code of its own: compare what keeping the data native wins.',
  },
  {
    ...program,
    lane: 'cpython.plain',
    mechanism: 'plain',
    artifact: null,
    cannot: {
      ...crossing,
      u64_fast: noBoundary,
      struct_by_value: noBoundary,
      callback_thread_value: noBoundary,
      function_pointer: noBoundary,
      native_memory: noBoundary,
    },
  },
] as const;
