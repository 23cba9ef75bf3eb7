"""The timed loop, compiled around the statement itself, and the recording of its batches."""
import gc
import itertools
import math
import time

now = time.perf_counter_ns

# Statements per round of the loop: what the loop itself costs is shared among them.
UNROLLED = 8


class Loop:
    """A statement, compiled into a loop: calling a function would cost as much as a crossing."""

    def __init__(self, timed, scope, clock=now):
        self.clock = clock
        code = compile(timed, '<timed>', 'exec')
        self.names = [name for name in dict.fromkeys(code.co_names) if name in scope]
        self.values = tuple(scope[name] for name in self.names)
        self.single = self.compiled(timed, 1)
        self.unrolled = self.compiled(timed, UNROLLED)

    def compiled(self, timed, times):
        body = '\n'.join('        ' + line for line in '\n'.join([timed] * times).split('\n'))
        names = ''.join(f', {name}' for name in self.names)
        values = ''.join(f'{name}, ' for name in self.names)
        source = (f'def loop(_it{names}):\n'
                  '    _began = now()\n'
                  f'    for _ in _it:\n{body}\n'
                  f'    return _began, now(), ({values})\n')
        scope = {'now': self.clock}
        exec(compile(source, '<timed>', 'exec'), scope)
        return scope['loop']

    def run(self, calls, singly=False):
        """Runs so many calls; returns when they began and ended, in ns of the clock."""
        if calls % UNROLLED == 0 and not singly:
            began, ended, self.values = self.unrolled(
                itertools.repeat(None, calls // UNROLLED), *self.values)
        else:
            began, ended, self.values = self.single(itertools.repeat(None, calls), *self.values)
        return began, ended

    def left(self):
        """The names of the statement, as the last run left them."""
        return dict(zip(self.names, self.values))


def calibrate(loop, batch_ns):
    """How many calls last about `batch_ns`: a power of two."""
    calls, made, start = 1, 0, now()
    while now() - start < 30e6:
        began, ended = loop.run(calls)
        made += calls
        per_call = (ended - began) / calls
        if ended - began < 2 * batch_ns:
            calls *= 2
    wanted = batch_ns / max(per_call, 0.01)
    return 2 ** max(0, round(math.log2(max(wanted, 1)))), made


class Recording:
    """Every batch in the order of time, and the probe of throughput on both sides of each."""

    def __init__(self):
        self.begins_ns, self.batches_ns, self.probes = [], [], []

    def record(self, loop, calls, duration_ns, probe):
        """Runs batches until `duration_ns` have passed; returns how many calls were made."""
        begins, batches, probes = self.begins_ns, self.batches_ns, self.probes
        start = now()
        end = start + duration_ns
        made = ended = 0
        while ended < end:
            if probe is not None:
                probes.append(probe())
            began, ended = loop.run(calls)
            if probe is not None:
                probes.append(probe())
            begins.append(began - start)
            batches.append(ended - began)
            made += calls
        return made


def settle_collector():
    """Collects what the preparation left, and takes the rest out of the collector's view."""
    gc.collect()
    gc.freeze()
