/** Family `errno` in Python: a call that fails, and the ways to learn why. */
import { inPython, type Known, type PythonCase, type PythonTasks } from './case.ts';

/** As in `tasks/errno.ts`: EBADF and EINVAL. */
const badFile = 9;
const invalid = 22;

/** A case from statements that make a call fail with `code` and leave its errno in `last`. */
function failing(timed: string, crossings: number, setup = ''): PythonCase {
  const asked = ['def fail(code):', ...timed.split('\n').map((line) => `    ${line}`)];
  const known = (what: string, code: number): Known => [what, `fail(${code})`, `${code}`];
  return {
    setup: [`code = ${badFile}`, 'last = answer = 0', setup, ...asked, '    return last'].join(
      '\n',
    ),
    timed,
    crossings,
    checks: [known('the errno', badFile), known('the errno of another failure', invalid)],
    after: [['the last errno', 'last', `${badFile}`]],
  };
}

const ignored: PythonCase = {
  setup: `code = ${badFile}\nlast = 0`,
  timed: 'last = errno_fail(code)',
  crossings: 1,
  checks: [
    ['what a failure answers', `errno_fail(${badFile})`, '-1'],
    ['what success answers', 'errno_fail(0)', '0'],
  ],
  after: [['the last answer', 'last', '-1']],
};

export const tasks: PythonTasks = {
  'errno.ignored': inPython({ native: () => ignored }),
  'errno.shim': inPython({
    native: () => failing('if errno_fail(code) < 0: last = errno_last()', 2),
  }),
  'errno.runtime': inPython({
    needsWay: 'errno',
    native: (_params, { errno }) =>
      failing(`if errno_fail(code) < 0: last = ${errno?.read}`, 1, errno?.setup),
  }),
  'errno.negated': inPython({
    native: () => failing('answer = errno_negated(code)\nif answer < 0: last = -answer', 1),
  }),
};
