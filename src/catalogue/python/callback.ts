/** Family `callback` in Python: C calling Python back. */
import { inPython, type PythonCase, type PythonTasks } from './case.ts';

function sync({ n }: { n: number }): PythonCase {
  return {
    setup: [
      'came = [0]',
      'def next_of(i):',
      '    came[0] += 1',
      '    return i + 1',
      "called = callback('callback_repeat', next_of)",
      "known = callback('callback_repeat', lambda i: i * i)",
      `n = ${n}`,
      'last = 0',
    ].join('\n'),
    timed: 'last = callback_repeat(called, n)',
    crossings: 1,
    checks: [
      ['0 + 1 + 4 + 9', 'callback_repeat(known, 4)', '14'],
      ['no call', 'callback_repeat(known, 0)', '0'],
    ],
    after: [
      ['the last sum', 'last', `(${n} * ${n + 1} // 2 + 2**31) % 2**32 - 2**31`],
      ['callbacks that came', 'came[0]', `calls * ${n}`],
    ],
  };
}

/** As `kindsOf` in `tasks/callback.ts`. */
const kinds: Readonly<Record<string, readonly [answer: string, want: (n: number) => string]>> = {
  f64: ['lambda x: x + 0.5', (n) => `${n * n / 2}`],
  u64: ['lambda x: x + 1', (n) => `${n * (n + 1) / 2}`],
  pointer: ['lambda x: x', (n) => `${n}`],
  six: ['lambda a, b, c, d, _, f: a + b + c + d + f', (n) => `${n * (n - 1) + 3.5 * n}`],
};

function argument({ kind }: { kind: string }): PythonCase {
  const [answer, want] = kinds[kind]!;
  const f = `callback_${kind}`;
  return {
    setup: `called = callback('${f}', ${answer})\nlast = 0`,
    timed: `last = ${f}(called, 1000)`,
    crossings: 1,
    checks: [0, 1, 5].map((n) => [`${n} callbacks`, `${f}(called, ${n})`, want(n)] as const),
    after: [['the last answer', 'last', want(1000)]],
  };
}

export const tasks: PythonTasks = {
  'callback.sync': inPython<{ n: number }>({
    native: sync,
    plain: (params) => ({ ...sync(params), crossings: 0 }),
  }),
  'callback.argument': inPython<{ kind: string }>({ native: argument }),
};
