"""Says which Python this is and how it was built: one line of JSON, for the tool that found it.

Python 2 can run it too, so that it is told to be too old.
"""
import json
import os
import platform
import sys
import sysconfig


def build():
    """How the interpreter was compiled: what makes one Python slower than another."""
    arguments = sysconfig.get_config_var('CONFIG_ARGS') or ''
    names = ('OPT', 'PY_CFLAGS', 'CFLAGS')
    flags = ' '.join(sysconfig.get_config_var(name) or '' for name in names)
    levels = [word for word in flags.split() if word.startswith('-O')]
    words = [levels[-1] if levels else 'unknown flags']
    has_pgo = '--enable-optimizations' in arguments
    words.append('configured with PGO' if has_pgo else 'configured without PGO')
    if '--with-lto' in arguments:
        words.append('with LTO')
    if '--with-pydebug' in arguments:
        words.append('a debug build')
    if not getattr(sys, '_is_gil_enabled', lambda: True)():
        words.append('free-threaded')
    return ', '.join(words)


def describe():
    implementation = platform.python_implementation()
    compiler = platform.python_compiler().strip('[] ')
    include = sysconfig.get_path('include')
    return {
        'runtime': 'cpython',
        'version': platform.python_version(),
        'engine': '%s by %s; %s' % (implementation, compiler, build()),
        'executable': os.path.realpath(sys.executable),
        'implementation': implementation,
        'suffix': sysconfig.get_config_var('EXT_SUFFIX'),
        'include': include if os.path.exists(os.path.join(include, 'Python.h')) else None,
    }


if __name__ == '__main__':
    line = json.dumps(describe(), separators=(',', ':'))
    # The tool knows the line by its start, and Python 2 orders keys as it likes.
    print('{"ffi_bench_probe":1,' + line[1:])
