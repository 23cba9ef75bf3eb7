"""A worker in CPython: measures one case, says so in lines of the protocol, and ends."""
import json
import os
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

from lanes import LANES, Unsupported  # noqa: E402
from protocol import VERSION, Stop, case_name, plain, refuse_wrong, say, show, stop  # noqa: E402
from timing import UNROLLED, Loop, Recording, calibrate, now, settle_collector  # noqa: E402


# Time that the interpreter is given to specialise its code before it is stepped, in ns.
SETTLING_NS = 100e6


class Case:
    """A case of the catalogue made ready in a lane: its names, its loop and its known answers."""

    def __init__(self, lane, source, binds):
        import inputs
        self.source = source
        self.scope = {**lane.scope, **vars(inputs)}
        self.scope.update(lane.bind(binds))
        exec(source.get('setup', ''), self.scope)
        self.loop = None

    def checks(self):
        """The known answers from another call site than the loop's."""
        return self.ask(self.source['checks'])

    def after(self, calls):
        """What the timed statements left behind."""
        self.scope.update(self.loop.left(), calls=calls)
        return self.ask(self.source.get('after', []))

    def ask(self, known):
        return [(what, eval(got, self.scope), eval(want, self.scope)) for what, got, want in known]

    def compile(self, clock=now):
        self.loop = Loop(self.source['timed'], self.scope, clock)
        return self.loop

    def close(self):
        exec(self.source.get('close', ''), self.scope)


def open_lane(order, work):
    """The lane of an order; a package that is not there ends the worker."""
    if work['folder']:
        sys.path[:0] = [work['folder'], os.path.join(work['folder'], 'packages')]
    return LANES[order['lane'].split('.')[1]](order, work)


def open_own(order, work):
    """The library as the worker itself calls it; None for a lane without one."""
    if not order['library']:
        return None
    from library import Own
    return Own(order['library'], work['signatures'])


def check_library(own, work):
    """Says the library's manifest, and refuses one that is not the table's."""
    if own is None:
        return
    from library import why_refused
    manifest = own.read_manifest()
    reason = why_refused(manifest, work['signatures'])
    if reason is not None:
        stop('refused', reason=reason)
    say('manifest', manifest={key: value for key, value in manifest.items() if key != 'symbols'})


def obey(order):
    work = order['python']
    say('hello', protocol=VERSION, lane=order['lane'], case=case_name(order))
    own = open_own(order, work)
    if order['mode'] != 'measure':
        check_library(own, work)
    case = Case(open_lane(order, work), work['case'], work['binds'])
    checks = case.checks()
    refuse_wrong(checks, 'before timing')
    say('verified', checks=len(checks), answers=[show(plain(got)) for _, got, _ in checks])
    if order['mode'] == 'pilot':
        calls, _ = calibrate(case.compile(), order['batchNs'])
        say('piloted', calls_per_batch=calls)
    elif order['mode'] == 'measure':
        measure(order, work, own, case)
    elif order['mode'] == 'instructions':
        step(order, own, case)
    case.close()


def measure(order, work, own, case):
    from library import open_probe
    probe = open_probe(order.get('instrument'), order.get('takesCore', False))
    loop, recording, calls = case.compile(), Recording(), order['callsPerBatch']
    settle_collector()
    before = own.calls() if own else 0
    made = recording.record(loop, calls, order['durationNs'], probe)
    allocated = count_allocations(order, work, loop, recording)
    made += allocated.pop('calls', 0)
    arrived = own.calls() - before if own else 0
    check_library(own, work)
    say('measured', calls_per_batch=calls, begins_ns=recording.begins_ns,
        batches_ns=recording.batches_ns, probes=recording.probes,
        crossings_per_call=case.source['crossings'],
        involuntary_switches=involuntary_switches(), **allocated)
    verify_hot(case, made, arrived if own else None)


def count_allocations(order, work, loop, recording):
    """The fields of the message on what a call allocates, once it was timed, and `calls` made."""
    if not order.get('countsAllocations'):
        return {'allocated_bytes_per_call': None}
    from counting import count_per_call, why_uncounted
    reason = why_uncounted(order['lane'], work['folder'])
    if reason is not None:
        return {'allocated_bytes_per_call': None, 'allocated_because': reason}
    calls = order['callsPerBatch']
    call_ns = min(recording.batches_ns) / calls
    found, made = count_per_call(work['folder'], loop, calls, call_ns, UNROLLED)
    return {'allocated_bytes_per_call': found, 'calls': made}


def step(order, own, case):
    from step import step_calls
    # Without the clock, whose code may loop while it is stepped through.
    loop = case.compile(clock=int)
    settle_collector()
    before = own.calls() if own else 0
    # Python's code is as fast from the first call as it will be: no batches are waited for.
    settling_ns = min(order['durationNs'], SETTLING_NS)
    found, made = step_calls(order['instrument'], loop, order['callsPerBatch'], settling_ns,
                             UNROLLED)
    arrived = own.calls() - before if own else None
    say('stepped', **found)
    verify_hot(case, made, arrived)


def verify_hot(case, made, arrived):
    """Holds the calls that arrived in the library, and the answers, against what was timed."""
    expected = made * case.source['crossings']
    if arrived is not None and arrived != expected:
        stop('failed', wrong=[], reason=f'{arrived:.0f} calls arrived in the library where '
             f'{expected} were timed: the interpreter left calls out, or made others.')
    checks = case.after(made) + case.checks()
    refuse_wrong(checks, 'after timing')
    say('verified_hot', checks=len(checks))


def involuntary_switches():
    try:
        import resource
    except ImportError:
        return None
    return resource.getrusage(resource.RUSAGE_SELF).ru_nivcsw


def read_order(argument):
    try:
        order = json.loads(argument)
    except ValueError:
        order = None
    if isinstance(order, dict) and order.get('protocol') == VERSION:
        return order
    return stop('failed', wrong=[], reason=f'A worker takes one argument, an order of protocol '
                f'{VERSION}; it got {argument}. Workers are started by "ffi-bench run".')


def main():
    try:
        obey(read_order(sys.argv[-1] if len(sys.argv) > 1 else 'null'))
        say('done')
    except Stop:
        pass
    except Unsupported as error:
        say('unsupported', reason=str(error))
    except Exception as error:
        import traceback
        traceback.print_exc()
        say('failed', reason=f'{type(error).__name__}: {error}'[:2000], wrong=[])


if __name__ == '__main__':
    main()
