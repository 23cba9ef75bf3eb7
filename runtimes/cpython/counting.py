"""Counts the bytes that CPython allocates per call: functions in front of its allocators add up
what is asked of them while some calls are made after the timing. What CPython hands out again of
its own (floats and small tuples that were given back lie in lists) is no allocation; memory that
an extension takes from the system is not seen.
"""
import ctypes
import os
import sys

# Domains of PyMem_SetAllocator. Blocks that are too large for the object allocator come from the
# raw domain, which is therefore not counted: they would count twice.
DOMAINS = (1, 2)
MOST_CALLS = 1024
LONGEST_NS = 200e6


class Allocator(ctypes.Structure):
    """PyMemAllocatorEx."""
    _fields_ = [(name, ctypes.c_void_p)
                for name in ('ctx', 'malloc', 'calloc', 'realloc', 'free')]


class Counter(ctypes.Structure):
    """Counter of counting.c."""
    _fields_ = [('before', Allocator), ('blocks', ctypes.c_uint64), ('bytes', ctypes.c_uint64)]


def why_uncounted(lane, folder):
    """Why nothing can be counted, as a code of the document; None where it can."""
    # NumPy keeps its data, and cffi its objects, in memory from the system.
    if lane in ('cpython.numpy', 'cpython.cffi_abi', 'cpython.cffi_api'):
        return 'memory_of_its_own'
    has_lock = getattr(sys, '_is_gil_enabled', lambda: True)()
    if sys.implementation.name != 'cpython' or not has_lock:
        return 'engine_keeps_no_count'
    return None if os.path.exists(path_in(folder)) else 'counter_not_built'


def path_in(folder):
    return os.path.join(folder or '', 'ffib_counter.so')


def count_per_call(folder, loop, calls, call_ns, unrolled):
    """Bytes per call, to a tenth, and the calls that were made to find out."""
    most = max(1, min(calls, MOST_CALLS, int(LONGEST_NS / max(call_ns, 1))))
    unit = most - most % unrolled if most >= unrolled else 1
    counters = [Counter() for _ in DOMAINS]
    # Some calls and twice as many: what the loop itself allocates drops out.
    runs = (unit, unit, 2 * unit)
    found = []
    install(folder, counters)
    try:
        for count in runs:
            before = total(counters)
            loop.run(count)
            found.append(total(counters) - before)
    finally:
        remove(counters)
    return round(max(0, found[2] - found[1]) * 10 / unit) / 10, sum(runs)


def total(counters):
    return sum([counter.bytes for counter in counters])


def install(folder, counters):
    """Puts counting functions in front of those that are there."""
    library = ctypes.CDLL(path_in(folder))
    for domain, counter in zip(DOMAINS, counters):
        ctypes.pythonapi.PyMem_GetAllocator(domain, ctypes.byref(counter.before))
        functions = [ctypes.cast(library['count_' + name], ctypes.c_void_p).value
                     for name in ('malloc', 'calloc', 'realloc', 'free')]
        counting = Allocator(ctypes.addressof(counter), *functions)
        ctypes.pythonapi.PyMem_SetAllocator(domain, ctypes.byref(counting))


def remove(counters):
    for domain, counter in zip(DOMAINS, counters):
        ctypes.pythonapi.PyMem_SetAllocator(domain, ctypes.byref(counter.before))
