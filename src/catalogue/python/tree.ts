/** Family `tree` in Python: nested objects out of native code. */
import { inPython, literal, type PythonCase, type PythonTasks, type Way } from './case.ts';

interface Deep extends Readonly<Record<string, number | string>> {
  readonly depth: number;
}

const nodesOf = (depth: number) => 2 ** depth - 1;
/** Bytes of one node as JSON at the most, as in `tasks/tree.ts`. */
const nodeBytes = 56;

/** A case from an expression that adds up the tree, and one of its value furthest to the right. */
function summing(
  { depth }: Deep,
  setup: string,
  [sum, last]: readonly [string, string],
  crossings: number,
): PythonCase {
  const nodes = nodesOf(depth);
  const isPlain = crossings === 0;
  const want = literal(nodes * nodes / 2);
  const isJson = crossings === 1;
  return {
    setup: [
      `depth = ${depth}`,
      'total = -1.0',
      ...(isPlain ? [] : ['root = tree_create(depth)']),
      setup,
    ].join('\n'),
    timed: `total = ${sum}`,
    crossings: isPlain || isJson ? crossings : 3 * nodes,
    checks: [
      ['the sum of all values', sum, want],
      ['the value that is furthest to the right', last, `${nodes - 0.5}`],
    ],
    after: [['the last sum', 'total', want]],
    ...(isPlain ? {} : { close: 'tree_destroy(root)' }),
  };
}

const ofDicts = [
  'def sum_of(node):',
  '    if node is None: return 0.0',
  "    return node['value'] + sum_of(node['left']) + sum_of(node['right'])",
  'def furthest(node):',
  "    while node['right'] is not None: node = node['right']",
  "    return node['value']",
].join('\n');

const plain = (params: Deep) =>
  summing(
    params,
    [
      'def make(depth, first):',
      '    if depth == 0: return None',
      "    return {'value': first + 0.5, 'left': make(depth - 1, first + 1),",
      "            'right': make(depth - 1, first + 2 ** (depth - 1))}",
      ofDicts,
    ].join('\n'),
    ['sum_of(make(depth, 0))', 'furthest(make(depth, 0))'],
    0,
  );

function byJson(params: Deep, { textOf }: Way): PythonCase {
  const made = `loads(${textOf('kept', 'tree_json(root, kept, size)')})`;
  const size = nodesOf(params.depth) * nodeBytes + 8;
  return summing(
    params,
    `from json import loads\nsize = ${size}\nkept = writable(size)\n${ofDicts}`,
    [`sum_of(${made})`, `furthest(${made})`],
    1,
  );
}

/** A null address is false, whatever a lane gives it as. */
const byNode = (params: Deep) =>
  summing(
    params,
    [
      'def sum_at(node):',
      '    if not node: return 0.0',
      '    return tree_value(node) + sum_at(tree_left(node)) + sum_at(tree_right(node))',
      'def furthest(node):',
      '    for _ in range(depth - 1): node = tree_right(node)',
      '    return tree_value(node)',
    ].join('\n'),
    ['sum_at(root)', 'furthest(root)'],
    3,
  );

export const tasks: PythonTasks = {
  'tree.objects': inPython<Deep>({ plain }),
  'tree.json': inPython<Deep>({ native: byJson, plain }),
  'tree.by_node': inPython<Deep>({ native: byNode, plain }),
};
