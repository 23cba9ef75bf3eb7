"""The contract of a lane: every case in one process, known answers and call counts, nothing timed.

Takes an order of the protocol whose `cases` names a file: a list of {name, work} in JSON.
"""
import json
import os
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

from lanes import Unsupported  # noqa: E402
from protocol import VERSION, is_same, plain, say, show  # noqa: E402
from timing import now  # noqa: E402
from worker import Case, open_lane, open_own  # noqa: E402

CALLS = 65
LONGEST_NS = 5e6


def check_case(case, own):
    """The checks of a case, and why it does not keep the contract; None where it does."""
    cold = case.checks()
    loop = case.compile()
    before = own.calls() if own else 0
    made, start = 0, now()
    while made < CALLS and now() - start < LONGEST_NS:
        loop.run(1)
        made += 1
    arrived = own.calls() - before if own else 0
    expected = made * case.source['crossings']
    checks = cold + case.after(made) + case.checks()
    case.close()
    for what, got, want in checks:
        if not is_same(got, want):
            return f'{what} gave {show(plain(got))}, not {show(plain(want))}.', cold
    if own and arrived != expected:
        return f'{arrived} calls arrived in the library where {expected} were made.', cold
    return None, cold


def check_all(order):
    with open(order['cases']) as file:
        cases = json.load(file)
    own, lane = None, None
    for entry in cases:
        work = entry['work']
        try:
            if lane is None:
                binds = list(dict.fromkeys(name for one in cases for name in one['work']['binds']))
                kernels = list(dict.fromkeys(k for one in cases for k in one['work']['kernels']))
                own = open_own(order, work)
                lane = open_lane(order, {**work, 'binds': binds, 'kernels': kernels})
            reason, cold = check_case(Case(lane, work['case'], work['binds']), own)
            outcome = 'done' if reason is None else 'failed'
            answers = [show(plain(got)) for _, got, _ in cold]
        except Unsupported as error:
            outcome, reason, answers = 'unsupported', str(error), []
        except Exception as error:
            outcome, reason, answers = 'failed', f'{type(error).__name__}: {error}', []
        say('case', case=entry['name'], outcome=outcome, reason=reason, checks=len(answers),
            answers=answers)


if __name__ == '__main__':
    wanted = json.loads(sys.argv[-1])
    say('hello', protocol=VERSION, lane=wanted['lane'], case='*')
    check_all(wanted)
    say('done')
