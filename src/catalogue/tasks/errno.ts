/** Family `errno`: a call that fails, and the ways to learn why. */
import type { OpenLane } from '../lane.ts';
import { type Prepared, task } from '../task.ts';

/** EBADF, which has this number on every system that has it. */
const badFile = 9;
/** EINVAL, to see that no older errno is read. */
const invalid = 22;

/** A case from a way of making a call that fails and learning its errno. */
function failing(fail: (code: number) => number, crossings: number): Prepared {
  let last = 0;
  return {
    body: () => last = fail(badFile),
    crossings,
    check: () => [
      { what: 'the errno', got: fail(badFile), want: badFile },
      { what: 'the errno of another failure', got: fail(invalid), want: invalid },
    ],
    after: () => [{ what: 'the last errno', got: last, want: badFile }],
  };
}

const common = { plain: null } as const;

const ignored = task({
  ...common,
  id: 'errno.ignored',
  isolates: 'a call that fails and whose errno is not asked for: the floor',
  timed: 'last = errno_fail(9)',
  binds: ['errno_fail'],
  prepare(lane) {
    const f = lane.call('errno_fail');
    let last = 0;
    return {
      body: () => last = f(badFile),
      crossings: 1,
      check: () => [
        { what: 'what a failure answers', got: f(badFile), want: -1 },
        { what: 'what success answers', got: f(0), want: 0 },
      ],
      after: () => [{ what: 'the last answer', got: last, want: -1 }],
    };
  },
});

/** A function of the runtime's, or a second call, that reads errno once a call has failed. */
function afterwards(lane: OpenLane, read: () => number, crossings: number): Prepared {
  const f = lane.call('errno_fail');
  return failing((code) => f(code) < 0 ? read() : 0, crossings);
}

const shim = task({
  ...common,
  id: 'errno.shim',
  isolates: 'errno read by a second call into the library; the runtime must leave it alone between',
  timed: 'if (errno_fail(9) < 0) last = errno_last()',
  needs: ['errno_survives'],
  binds: ['errno_fail', 'errno_last'],
  prepare: (lane) => afterwards(lane, lane.call('errno_last'), 2),
});

const runtime = task({
  ...common,
  id: 'errno.runtime',
  isolates: "errno read by the runtime's own function",
  timed: 'if (errno_fail(9) < 0) last = errno()',
  needs: ['errno'],
  binds: ['errno_fail'],
  prepare: (lane) => afterwards(lane, lane.errno!, 1),
});

const negated = task({
  ...common,
  id: 'errno.negated',
  isolates: 'the errno as the negated answer of the one call, as kernels tell it',
  timed: 'answer = errno_negated(9); if (answer < 0) last = -answer',
  binds: ['errno_negated'],
  prepare(lane) {
    const f = lane.call('errno_negated');
    return failing((code) => {
      const answer = f(code);
      return answer < 0 ? -answer : 0;
    }, 1);
  },
});

export const tasks = [ignored, shim, runtime, negated];
