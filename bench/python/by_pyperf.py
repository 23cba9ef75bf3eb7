"""The same no-operation as by_timeit.py, by pyperf: writes its own JSON to the path of --output.

Takes, after pyperf's own arguments, the mechanism, the library and the folder of the extensions.
"""
import ctypes
import os
import sys

MECHANISM, LIBRARY, FOLDER, PYPERF = (os.environ[name] for name in (
    'FFI_BENCH_MECHANISM', 'FFI_BENCH_LIBRARY', 'FFI_BENCH_FOLDER', 'FFI_BENCH_PYPERF'))
sys.path[:0] = [FOLDER, os.path.join(FOLDER, 'packages'), PYPERF]

import pyperf  # noqa: E402


def function():
    if MECHANISM == 'plain':
        def noop():
            pass
        return noop
    if MECHANISM == 'ctypes':
        found = ctypes.CDLL(LIBRARY).ffib_noop
        found.argtypes, found.restype = [], None
        return found
    import _ctypes
    _ctypes.dlopen(LIBRARY, os.RTLD_NOW | os.RTLD_GLOBAL)
    return __import__('ffib_' + MECHANISM).noop


WANTED = ('FFI_BENCH_MECHANISM', 'FFI_BENCH_LIBRARY', 'FFI_BENCH_FOLDER', 'FFI_BENCH_PYPERF')
runner = pyperf.Runner(program_args=('-I', __file__), processes=5, values=3)
runner.argparser.set_defaults(inherit_environ=','.join(WANTED))
runner.timeit(MECHANISM, 'f()', globals={'f': function()}, duplicate=8)
