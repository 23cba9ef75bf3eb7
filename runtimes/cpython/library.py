"""The library through ctypes: the lane of that name, and what every worker itself calls of it."""
import ctypes
import json

PREFIX = 'ffib_'

SCALARS = {
    'void': None,
    'bool': ctypes.c_bool,
    'i8': ctypes.c_int8,
    'u8': ctypes.c_uint8,
    'i16': ctypes.c_int16,
    'u16': ctypes.c_uint16,
    'i32': ctypes.c_int32,
    'u32': ctypes.c_uint32,
    'i64': ctypes.c_int64,
    'u64': ctypes.c_uint64,
    'f32': ctypes.c_float,
    'f64': ctypes.c_double,
    'pointer': ctypes.c_void_p,
    'cstring': ctypes.c_char_p,
}


class Words:
    """The words of the signature table as types of ctypes; equal structs are one type."""

    def __init__(self):
        self.structs = {}

    def type_of(self, word):
        if isinstance(word, str):
            return SCALARS[word]
        if 'buffer' in word:
            return ctypes.c_void_p
        if 'callback' in word:
            callback = word['callback']
            return ctypes.CFUNCTYPE(self.type_of(callback['result']),
                                    *map(self.type_of, callback['args']))
        fields = tuple((name, SCALARS[scalar]) for name, scalar in word['struct'].items())
        if fields not in self.structs:
            self.structs[fields] = type('Struct', (ctypes.Structure,), {'_fields_': list(fields)})
        return self.structs[fields]


def bind(library, words, name, signature):
    """A function of the library, with the types of the table."""
    function = library[PREFIX + name]
    function.argtypes = [words.type_of(word) for word in signature['args']]
    function.restype = words.type_of(signature['result'])
    return function


class Own:
    """What a worker calls for itself, through an instance that no lane uses."""

    def __init__(self, path, signatures):
        library, words = ctypes.CDLL(path), Words()
        self.calls = bind(library, words, 'calls', signatures['calls'])
        self.manifest = bind(library, words, 'manifest', signatures['manifest'])

    def read_manifest(self):
        size = 1 << 16
        while True:
            text = ctypes.create_string_buffer(size)
            length = self.manifest(text, size)
            if length <= size:
                return json.loads(text.raw[:length])
            size = length


def open_probe(path, takes_core):
    """The probe of throughput, without arguments: ticks as a whole number; None without a path.

    With `takes_core` this thread goes to the core that is freest now.
    """
    if not path:
        return None
    library = ctypes.CDLL(path)
    if takes_core:
        library[PREFIX + 'take_freest_core']()
    probe = library[PREFIX + 'throughput']
    probe.argtypes, probe.restype = [], ctypes.c_uint32
    return probe


def why_refused(manifest, signatures):
    """Why a library must not be measured, or None: it must be this table's, and optimized."""
    symbols = manifest['symbols']
    for name in {**symbols, **signatures}:
        said, wanted = symbols.get(name), signatures.get(name)
        if said != wanted:
            return (f'The library exports {PREFIX}{name} as {spell(said)}, '
                    f'the catalogue says {spell(wanted)}.')
    if manifest['optimize'] != 'ReleaseFast':
        return (f'The library was built in {manifest["optimize"]} mode; '
                'only ReleaseFast is measured.')
    return None


def spell(signature):
    if signature is None:
        return 'nothing'
    return json.dumps([signature['args'], signature['result']], separators=(',', ':'))
