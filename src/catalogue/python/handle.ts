/** Family `handle` in Python: data that lives in native memory, or that Python keeps ready. */
import { inPython, literal, type PythonCase, type PythonTasks, type Way } from './case.ts';

interface Sized extends Readonly<Record<string, number | string>> {
  readonly elements: number;
}

/** The sum of 0.5, 1.5, … n-0.5, which is what the elements of a handle are. */
const sumOfElements = (n: number) => literal(n * n / 2);

function summed(elements: number, setup: string, sum: string, last: string): PythonCase {
  const want = sumOfElements(elements);
  return {
    setup: `last = -1.0\n${setup}`,
    timed: `last = ${sum}`,
    crossings: 0,
    checks: [['the sum', sum, want], ['the last element', last, `${elements - 0.5}`]],
    after: [['the last sum', 'last', want]],
  };
}

function cycle({ elements }: Sized): PythonCase {
  return {
    setup: [
      `n = ${elements}`,
      'last = -1.0',
      'before = handle_live()',
      'def once():',
      '    h = handle_create(n)',
      '    answer = handle_sum(h)',
      '    handle_destroy(h)',
      '    return answer',
      'h = None',
    ].join('\n'),
    timed: 'h = handle_create(n)\nlast = handle_sum(h)\nhandle_destroy(h)',
    crossings: 3,
    checks: [
      ['the sum', 'once()', sumOfElements(elements)],
      ['handles left over', 'handle_live() - before', '0'],
    ],
    after: [['the last sum', 'last', sumOfElements(elements)]],
  };
}

/** A case that reads every element and adds them up in Python. */
function reading(
  size: number,
  setup: string,
  timed: string,
  crossings: number,
  close = '',
): PythonCase {
  const asked = ['def read():', ...timed.split('\n').map((line) => `    ${line}`)];
  return {
    setup: ['last = -1.0', 'total = 0.0', 'i = 0', setup, ...asked, '    return last'].join('\n'),
    timed,
    crossings,
    checks: [['the sum', 'read()', sumOfElements(size)]],
    after: [['the last sum', 'last', sumOfElements(size)]],
    close,
  };
}

/** An object that owns a handle, with the end of the object as its safety net. */
function registered({ elements }: Sized): PythonCase {
  return {
    setup: [
      'from weakref import finalize',
      `n = ${elements}`,
      'last = -1.0',
      'before = handle_live()',
      'class Owned:',
      "    __slots__ = ('handle', 'net', '__weakref__')",
      '    def __init__(self, n):',
      '        self.handle = handle_create(n)',
      '        self.net = finalize(self, handle_destroy, self.handle)',
      '    def sum(self): return handle_sum(self.handle)',
      '    def close(self): self.net()',
      'def once():',
      '    owned = Owned(n)',
      '    answer = owned.sum()',
      '    owned.close()',
      '    return answer',
    ].join('\n'),
    timed: 'owned = Owned(n)\nlast = owned.sum()\nowned.close()',
    crossings: 3,
    checks: [
      ['the sum', 'once()', sumOfElements(elements)],
      ['handles left over', 'handle_live() - before', '0'],
    ],
    after: [['the last sum', 'last', sumOfElements(elements)]],
  };
}

const mapped = ({ elements }: Sized, { numbersAt }: Way) =>
  reading(
    elements,
    [
      `n = ${elements}`,
      'handle = handle_create(n)',
      'address = handle_data(handle)',
      `kept = ${numbersAt!('address', 'n')}`,
    ].join('\n'),
    plainByElement,
    0,
    'handle_destroy(handle)',
  );

function mapAnew({ elements }: Sized, { numbersAt }: Way): PythonCase {
  const last = `${numbersAt!('address', 'n')}[n - 1]`;
  return {
    setup: [
      `n = ${elements}`,
      'handle = handle_create(n)',
      'address = handle_data(handle)',
      'last = -1.0',
    ].join('\n'),
    timed: `last = ${last}`,
    crossings: 0,
    checks: [['the last element', last, `${elements - 0.5}`]],
    after: [['the last answer', 'last', `${elements - 0.5}`]],
    close: 'handle_destroy(handle)',
  };
}

const byElement = [
  'total = 0.0',
  'for i in range(n): total += handle_get(handle, i)',
  'last = total',
].join('\n');

const walk = [
  'total = 0.0',
  'node = head',
  'for i in range(n):',
  '    total += node_value(node)',
  '    node = node_next(node)',
  'last = total',
].join('\n');

const plainByElement = ['total = 0.0', 'for x in kept: total += x', 'last = total'].join('\n');

export const tasks: PythonTasks = {
  'handle.sum': inPython<Sized>({
    native: ({ elements }) => ({
      ...summed(
        elements,
        `handle = handle_create(${elements})`,
        'handle_sum(handle)',
        `handle_get(handle, ${elements - 1})`,
      ),
      crossings: 1,
      close: 'handle_destroy(handle)',
    }),
    plain: ({ elements }) =>
      summed(elements, `kept = [i + 0.5 for i in range(${elements})]`, 'sum(kept)', 'kept[-1]'),
    numpy: ({ elements }) =>
      summed(elements, `kept = np.arange(${elements}) + 0.5`, 'kept.sum()', 'kept[-1]'),
  }),
  'handle.cycle': inPython<Sized>({ native: cycle }),
  'handle.registered': inPython<Sized>({ native: registered }),
  'handle.mapped': inPython<Sized>({ needsWay: 'numbersAt', native: mapped }),
  'handle.map': inPython<Sized>({ needsWay: 'numbersAt', native: mapAnew }),
  'handle.by_element': inPython<Sized>({
    native: ({ elements }) =>
      reading(
        elements,
        `n = ${elements}\nhandle = handle_create(n)`,
        byElement,
        elements,
        'handle_destroy(handle)',
      ),
    plain: ({ elements }) =>
      reading(
        elements,
        `kept = [i + 0.5 for i in range(${elements})]\nx = 0.0`,
        plainByElement,
        0,
      ),
  }),
  'handle.walk': inPython<{ nodes: number }>({
    native: ({ nodes }) =>
      reading(
        nodes,
        `n = ${nodes}\nhead = node = nodes_create(n)`,
        walk,
        2 * nodes,
        'nodes_destroy(head)',
      ),
  }),
};
