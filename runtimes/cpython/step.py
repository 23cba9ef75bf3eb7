"""Steps through calls that have settled, instruction by instruction, as src/worker/step.ts does: a
stretch of n calls and one of 2n differ by n calls alone.
"""
import ctypes
import json

from timing import now

WANTED_PAIRS = 3
WANTED_INSTRUCTIONS = 1000
MOST_STEPS = 100_000
TRIAL_STEPS = 3000
WARMINGS = 64
LONGEST_TEXT = 16384
# Calls per batch below which a call is long, and is stepped one by one.
LONG_CALL_BATCH = 2048
# The same for instructions of one call.
LONG_CALL_STEPS = 1500

PROBLEMS = {
    -1: 'a thread can step itself on Linux on x86-64 alone',
    -2: 'a thread of this process is being stepped already',
    -3: 'no thread of this process is being stepped',
    -4: 'another thread of this process is being stepped',
    -5: 'the system does not list the mappings of this process',
    -6: 'the system lets no handler for traps be set',
    -7: 'no trap arrives: a debugger takes them, or the machine is emulated',
}


class NotStepped(Exception):
    """Why a case is not stepped, as a sentence."""


class Stepper:
    """Begins and ends stretches through an instance of the library that no lane uses."""

    def __init__(self, path, loop):
        library = ctypes.CDLL(path)
        self.begin, self.end = library.ffib_step_begin, library.ffib_step_end
        self.begin.argtypes, self.begin.restype = [ctypes.c_uint32], ctypes.c_int32
        self.end.argtypes, self.end.restype = [ctypes.c_void_p, ctypes.c_uint32], ctypes.c_int32
        self.text = ctypes.create_string_buffer(LONGEST_TEXT)
        self.loop, self.unit, self.left, self.made = loop, 1, MOST_STEPS, 0

    def warm(self):
        for _ in range(WARMINGS):
            self.stretch(0, 1)

    def stretch(self, turns, limit):
        calls = turns * self.unit
        begun = self.begin(limit)
        self.loop.run(calls, self.unit == 1)
        length = self.end(self.text, LONGEST_TEXT)
        self.made += calls
        told = min(begun, length)
        if told < 0:
            raise NotStepped(PROBLEMS.get(told, f'the library says {told}'))
        return json.loads(self.text.raw[:length])

    def step(self, turns):
        found = self.stretch(turns, self.left)
        self.left -= found['instructions']
        if self.left <= 0:
            raise NotStepped(f'a pair of calls takes over {MOST_STEPS} instructions, '
                             'too many to step through')
        return found

    def settle(self, calls_per_batch, settling_ns):
        """Runs batches of the loop that is stepped for so long; one call may take longer."""
        start = now()
        is_over = False
        while not is_over:
            self.loop.run(calls_per_batch, self.unit == 1)
            self.made += calls_per_batch
            is_over = now() - start >= settling_ns


def step_calls(path, loop, calls_per_batch, settling_ns, unrolled):
    """Settles a loop and steps through it; returns the message's fields and the calls made."""
    turns, pairs, reason, stepper = 1, [], None, Stepper(path, loop)
    try:
        stepper.settle(calls_per_batch, settling_ns)
        stepper.warm()
        stepper.stretch(1, TRIAL_STEPS)
        # What one turn of the loop costs is shared among several calls, where these are short.
        if calls_per_batch >= LONG_CALL_BATCH and \
                stepper.step(1)['instructions'] < LONG_CALL_STEPS:
            stepper.unit = unrolled
            stepper.settle(calls_per_batch, settling_ns)
        first = [stepper.step(1), stepper.step(2)]
        each = [stretch['instructions'] for stretch in first]
        turns = max(1, round(WANTED_INSTRUCTIONS / max(1, each[1] - each[0])))
        if turns == 1:
            pairs.append(first)
        while len(pairs) < WANTED_PAIRS and (turns > 1 or stepper.left > 1.5 * sum(each)):
            pairs.append([stepper.step(turns), stepper.step(2 * turns)])
    except NotStepped as error:
        reason = str(error)
    return {'calls': turns * stepper.unit, 'pairs': pairs, 'reason': reason}, stepper.made
