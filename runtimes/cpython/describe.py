"""Says which Python this is and how it was built: one line of JSON, for the tool that found it."""
import json
import os
import platform
import sys
import sysconfig


def build():
    """How the interpreter was compiled: what makes one Python slower than another."""
    arguments = sysconfig.get_config_var('CONFIG_ARGS') or ''
    flags = ' '.join(sysconfig.get_config_var(name) or '' for name in ('OPT', 'PY_CFLAGS', 'CFLAGS'))
    levels = [word for word in flags.split() if word.startswith('-O')]
    words = [levels[-1] if levels else 'unknown flags']
    words.append(f'configured {"with" if "--enable-optimizations" in arguments else "without"} PGO')
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
        'ffi_bench_probe': 1,
        'runtime': 'cpython',
        'version': platform.python_version(),
        'engine': f'{implementation} by {compiler}; {build()}',
        'executable': os.path.realpath(sys.executable),
        'implementation': implementation,
        'tag': sys.implementation.cache_tag,
        'suffix': sysconfig.get_config_var('EXT_SUFFIX'),
        'include': include if os.path.exists(os.path.join(include, 'Python.h')) else None,
    }


if __name__ == '__main__':
    print(json.dumps(describe(), separators=(',', ':')))
