"""The lanes of CPython: each binds functions of the library, and converts values its own way.

A lane has `bind(names)`, which returns functions by name, and `scope`, the names that statements of
the catalogue use of it (see `Way` in src/catalogue/python/case.ts).
"""
from array import array
import importlib
import os

C_NAMES = {'u8': 'uint8_t', 'u16': 'uint16_t', 'u32': 'uint32_t', 'i32': 'int32_t',
           'u64': 'uint64_t', 'f64': 'double'}
TYPE_CODES = {'u8': 'B', 'u16': 'H', 'u32': 'I', 'i32': 'i', 'u64': 'Q', 'f64': 'd'}


class Unsupported(Exception):
    """What a lane cannot do here, as a sentence."""


class Ctypes:
    """ctypes, of the standard library."""

    def __init__(self, order, work):
        import ctypes
        from library import Words, bind
        self.ctypes, self.bind_one, self.words = ctypes, bind, Words()
        self.signatures = work['signatures']
        self.library = ctypes.CDLL(order['library'])
        self.scope = {
            'ctypes': ctypes,
            'null': None,
            'numbers': lambda values: (ctypes.c_double * len(values))(*values),
            **writables(self),
            'buffer_of': lambda kept: kept,
            'address_of': ctypes.addressof,
            'callback': self.callback,
            'function_at': ctypes.CFUNCTYPE(None),
            'callback_type': lambda name: self.words.type_of(callback_word(self.signatures, name)),
            'struct_of': self.struct,
            'with_errno': lambda name: bind(ctypes.CDLL(order['library'], use_errno=True),
                                            self.words, name, self.signatures[name]),
        }

    def bind(self, names):
        return {name: self.bind_one(self.library, self.words, name, self.signatures[name])
                for name in names}

    def make(self, code, count):
        from library import SCALARS
        return (SCALARS[code] * count)()

    def callback(self, name, function):
        return self.scope['callback_type'](name)(function)

    def struct(self, fields):
        word = self.signatures[f'struct_arg_{8 * len(fields)}']['args'][0]
        return self.words.type_of(word)(*fields)


class Cffi:
    """cffi: reads the library when it is opened, or calls it by an extension of its writing."""

    def __init__(self, order, work, is_compiled):
        self.signatures = work['signatures']
        if is_compiled:
            share_symbols(order['library'])
            module = importlib.import_module('ffib_cffi')
            self.ffi, self.library = module.ffi, module.lib
        else:
            from cffi import FFI
            self.ffi = FFI()
            self.ffi.cdef(declarations_of(work['binds'], work['folder']))
            self.library = self.ffi.dlopen(order['library'])
        ffi = self.ffi
        self.scope = {
            'ffi': ffi,
            'null': ffi.NULL,
            'numbers': lambda values: ffi.new('double[]', values),
            **writables(self),
            'buffer_of': ffi.buffer,
            'address_of': lambda kept: ffi.cast('void *', kept),
            'callback': self.callback,
            'function_at': lambda address: ffi.cast('void (*)(void)', address),
            'struct_of': lambda fields: ffi.new(f'ffib_struct_{len(fields)} *', fields)[0],
        }

    def bind(self, names):
        return {name: getattr(self.library, 'ffib_' + name) for name in names}

    def make(self, code, count):
        return self.ffi.new(f'{C_NAMES[code]}[]', count)

    def callback(self, name, function):
        return self.ffi.callback(f'ffib_{name}_callback', function)


class Extension:
    """An extension module whose functions take and return values of Python's own."""

    def __init__(self, order, work, name):
        share_symbols(order['library'])
        self.module = importlib.import_module(name)
        self.scope = {
            'array': array,
            'null': None,
            'numbers': lambda values: array('d', values or (0.0,)),
            **writables(self),
            'buffer_of': lambda kept: kept,
            'address_of': lambda kept: self.module.buffer_address(kept),
            'callback': lambda name, function: function,
            'struct_of': tuple,
            **own_functions(self.module),
        }

    def bind(self, names):
        return {name: getattr(self.module, name) for name in names}

    def make(self, code, count):
        # An empty array has no address, which PyO3 refuses.
        if code == 'u8':
            return bytearray(max(count, 1))
        made = array(TYPE_CODES[code])
        return array(TYPE_CODES[code], bytes(made.itemsize * max(count, 1)))


class Cython(Extension):
    """Cython, with the article's functions by each compiler that built them."""

    def __init__(self, order, work):
        super().__init__(order, work, 'ffib_cython')
        for compiler in ('clang', 'gcc'):
            module = article_by(compiler, work['folder'])
            if module is None:
                self.scope[f'sum_range_by_{compiler}'] = absent(compiler)
                continue
            self.scope[f'sum_range_by_{compiler}'] = module.sum_range
            if compiler == 'clang':
                self.scope.update(do_nothing=module.do_nothing, sum_list=module.sum_list)


class Plain:
    """Python alone: the kernels again, as functions of its own."""

    def __init__(self, order, work):
        self.kernels = {}
        exec('\n'.join(work['kernels']), self.kernels)
        self.scope = {
            'array': array,
            'null': None,
            'callback': lambda name, function: function,
        }

    def bind(self, names):
        return {name: self.kernels[name] for name in names if name in self.kernels}


class Numpy:
    """NumPy alone."""

    def __init__(self, order, work):
        import numpy
        self.scope = {'np': numpy}

    def bind(self, names):
        return {}


def writables(lane):
    """Memory that C may write to, by the word of its elements."""
    return {
        'writable': lambda size: lane.make('u8', size),
        'writable_numbers': lambda count: lane.make('f64', count),
        'writable_counts': lambda count: lane.make('u32', count),
        'writable_wide': lambda count: lane.make('u64', count),
    }


def declarations_of(names, folder):
    """The declarations of some functions: reading all of them takes half a second."""
    with open(os.path.join(folder, 'declarations.h')) as declarations:
        lines = declarations.read().splitlines()
    wanted = [f'ffib_{name}{end}' for name in names for end in ('(', '_callback)')]
    return '\n'.join(line for line in lines if line.startswith('typedef struct')
                     or any(word in line for word in wanted))


def own_functions(module):
    """The functions of an extension that call no library."""
    names = ('do_nothing', 'sum_list', 'sum_range')
    return {name: getattr(module, name) for name in names if hasattr(module, name)}


def article_by(compiler, folder):
    """The article's functions by a compiler; None where there was no such compiler."""
    from importlib.machinery import ExtensionFileLoader
    from importlib.util import module_from_spec, spec_from_file_location
    own = os.path.join(folder, compiler)
    files = [name for name in os.listdir(own) if name.startswith('ffib_article')] \
        if os.path.isdir(own) else []
    if not files:
        return None
    path = os.path.join(own, files[0])
    loader = ExtensionFileLoader('ffib_article', path)
    spec = spec_from_file_location('ffib_article', path, loader=loader)
    module = module_from_spec(spec)
    loader.exec_module(module)
    return module


def absent(compiler):
    """What stands in for a function of a compiler that is not on this machine."""
    def refuse(n):
        raise Unsupported(f'there is no {compiler} on this machine')
    return refuse


def share_symbols(library):
    """Loads the library so that extensions find its functions: they are built without its path."""
    import _ctypes
    _ctypes.dlopen(library, os.RTLD_NOW | os.RTLD_GLOBAL)


def callback_word(signatures, name):
    """The callback that a function takes."""
    return next(word for word in signatures[name]['args']
                if isinstance(word, dict) and 'callback' in word)


LANES = {
    'ctypes': Ctypes,
    'cffi_abi': lambda order, work: Cffi(order, work, False),
    'cffi_api': lambda order, work: Cffi(order, work, True),
    'cython': Cython,
    'pyo3': lambda order, work: Extension(order, work, 'ffib_pyo3'),
    'plain': Plain,
    'numpy': Numpy,
}
