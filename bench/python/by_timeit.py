"""Five statements of the catalogue, written by hand and timed by timeit: one line of JSON.

Takes the paths of the library and of the folder with the packages and extensions.
"""
import ctypes
import json
import os
import sys
import timeit

LIBRARY, FOLDER = sys.argv[1:3]
sys.path[:0] = [FOLDER, os.path.join(FOLDER, 'packages')]
# Many short runs: the least of them met a moment in which nothing else ran.
REPEATS = 100
# As pyperf's own "duplicate": timeit's loop takes as long as some of the calls, and overlaps with
# them, so that it cannot be taken off; with so many statements a turn it hardly counts.
COPIES = 8


def by_ctypes(name, args, result):
    function = ctypes.CDLL(LIBRARY)['ffib_' + name]
    function.argtypes, function.restype = args, result
    return function


def extension(name):
    import _ctypes
    _ctypes.dlopen(LIBRARY, os.RTLD_NOW | os.RTLD_GLOBAL)
    return __import__(name)


def statements():
    i32, u32 = ctypes.c_int32, ctypes.c_uint32
    data = bytes(i % 251 + 1 for i in range(64))
    values = [i * 0.5 for i in range(1000)]
    return {
        'cpython.ctypes call.noop': ('f()', {'f': by_ctypes('noop', [], None)}),
        'cpython.ctypes call.i32_args[2]': (
            'x = f(x, 1)', {'f': by_ctypes('i32_args_2', [i32, i32], i32), 'x': 0}),
        'cpython.cython call.i32_args[2]': (
            'x = f(x, 1)', {'f': extension('ffib_cython').i32_args_2, 'x': 0}),
        'cpython.pyo3 buffer.touch[64]': (
            'last = f(kept, n)',
            {'f': extension('ffib_pyo3').buffer_touch, 'kept': data, 'n': 64, 'last': 0}),
        'cpython.plain list_sum.from[1000]': ('last = sum(values)', {'values': values, 'last': 0}),
        'cpython.plain call.empty': ('pass', {}),
    }


def time_one(statement, names):
    """The least time of a run, in ns, with the statement's names as locals."""
    setup = '\n'.join(f'{name} = given[{name!r}]' for name in names) or 'pass'
    timer = timeit.Timer('\n'.join([statement] * COPIES), setup, globals={'given': names})
    number = max(1, timer.autorange()[0] // 40)
    return min(timer.repeat(REPEATS, number)) / number / COPIES * 1e9


print(json.dumps({name: time_one(*one) for name, one in statements().items()}))
