"""The protocol of src/worker/protocol.ts: messages as lines on stdout, and known answers."""
import json
import math
import os

VERSION = 2


class Stop(Exception):
    """Ends the worker; its last message is said already."""


def say(kind, **fields):
    """Writes one message whole."""
    message = {'ffi_bench': VERSION, 'type': kind, **fields}
    line = json.dumps(message, ensure_ascii=False, separators=(',', ':')) + '\n'
    rest = line.encode('utf-8', 'surrogatepass')
    while rest:
        rest = rest[os.write(1, rest):]


def stop(kind, **fields):
    """Says the last message, and ends the worker."""
    say(kind, **fields)
    raise Stop


def case_name(order):
    """`call.i32_args[2]`, as src/catalogue/task.ts has it."""
    values = ','.join(show_param(value) for value in order['params'].values())
    return order['task'] + (f'[{values}]' if values else '')


def show_param(value):
    return value if isinstance(value, str) else json.dumps(value)


def show(value):
    """A value as src/worker/answers.ts shows it, so that lanes of two languages can be compared."""
    if value is None:
        return 'null'
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    if value is True or value is False:
        return 'true' if value else 'false'
    if isinstance(value, float):
        return show_float(value)
    return str(value)


def show_float(value):
    if math.isnan(value):
        return 'NaN'
    if math.isinf(value):
        return 'Infinity' if value > 0 else '-Infinity'
    if value == 0 and math.copysign(1, value) < 0:
        return '-0'
    if value == int(value) and abs(value) < 1e21:
        return str(int(value))
    return repr(float(value)).replace('e-0', 'e-')


def is_same(got, want):
    """Whether an answer is the known one: NaN is itself, -0 is not 0, True is not 1."""
    if isinstance(got, bool) != isinstance(want, bool):
        return False
    return show(plain(got)) == show(plain(want))


def plain(value):
    """An answer as a value of Python's own: NumPy's numbers are none."""
    item = getattr(value, 'item', None)
    value = item() if callable(item) else value
    is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
    return float(value) if is_number and abs(value) < 2 ** 53 else value


def refuse_wrong(checks, when):
    """Ends the worker where an answer is not the known one."""
    wrong = [
        {'what': what, 'got': show(plain(got)), 'want': show(plain(want))}
        for what, got, want in checks if not is_same(got, want)
    ]
    if wrong:
        first = wrong[0]
        reason = (f'A known answer was wrong {when}: {first["what"]} gave {first["got"]}, '
                  f'not {first["want"]}.')
        stop('failed', reason=reason, wrong=wrong)
