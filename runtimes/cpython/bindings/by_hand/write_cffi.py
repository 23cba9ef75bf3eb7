"""Writes the C of cffi's extension: the declarations in, the source out."""
import sys

sys.path.insert(0, sys.argv[1])

from cffi import FFI  # noqa: E402

with open(sys.argv[2]) as declarations:
    builder = FFI()
    builder.cdef(declarations.read())
builder.set_source('ffib_cffi', '#include "ffibench.h"')
builder.emit_c_code(sys.argv[3])
