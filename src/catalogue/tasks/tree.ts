/** Family `tree`: nested objects out of native code, a full binary tree of a depth. */
import type { OpenLane, Pointer, TreeObject } from '../lane.ts';
import { type Prepared, task } from '../task.ts';

const params = [1, 4, 8, 12, 16].map((depth) => ({ depth }));

/** Nodes of a tree of that depth; node i holds i + 0.5. */
const nodesOf = (depth: number) => 2 ** depth - 1;

/** The sum of all values. */
function sumOf(node: TreeObject | null): number {
  return node === null ? 0 : node.value + sumOf(node.left) + sumOf(node.right);
}

/** A case from a way of adding up the tree, and one of finding its last value. */
function summing(
  depth: number,
  { sum, last }: { sum(): number; last(): number },
  crossings: number,
  close = () => {},
): Prepared {
  const nodes = nodesOf(depth);
  const want = nodes * nodes / 2;
  const kept = new Float64Array(1);
  return {
    body: () => kept[0] = sum(),
    crossings,
    check: () => [
      { what: 'the sum of all values', got: sum(), want },
      { what: 'the value that is furthest to the right', got: last(), want: nodes - 0.5 },
    ],
    after: () => [{ what: 'the last sum', got: kept[0]!, want }],
    close,
  };
}

function ofObjects(make: () => TreeObject) {
  return {
    sum: () => sumOf(make()),
    last() {
      let node = make();
      while (node.right !== null) node = node.right;
      return node.value;
    },
  };
}

function makeTree(depth: number, first: number): TreeObject | null {
  if (depth === 0) return null;
  const left = makeTree(depth - 1, first + 1);
  const right = makeTree(depth - 1, first + 1 + nodesOf(depth - 1));
  return { value: first + 0.5, left, right };
}

const common = {
  params,
  sweep: 'depth',
  largest: 20,
  plain: ({ depth }: { depth: number }) => summing(depth, ofObjects(() => makeTree(depth, 0)!), 0),
} as const;

/** The tree of a case, in native memory. */
function nativeTree(lane: OpenLane, depth: number) {
  const root = lane.call('tree_create')(depth)!;
  const destroy = lane.call('tree_destroy');
  return { root, close: () => destroy(root) };
}

const own = ['tree_create', 'tree_destroy'] as const;

const objects = task({
  ...common,
  id: 'tree.objects',
  isolates: 'nested objects that native code makes by Node-API',
  timed: 'total = sumOf(treeAt(root))',
  needs: ['native_objects'],
  binds: own,
  prepare(lane, { depth }) {
    const { root, close } = nativeTree(lane, depth);
    const make = lane.objects!.tree;
    return summing(depth, ofObjects(() => make(root)), 0, close);
  },
});

/** Bytes of one node as JSON, at the most. */
const nodeBytes = 56;

const json = task({
  ...common,
  id: 'tree.json',
  isolates: 'nested objects out of JSON text, which C writes and JSON.parse reads',
  timed: 'total = sumOf(JSON.parse(decode(kept, tree_json(root, kept))))',
  binds: [...own, 'tree_json'],
  prepare(lane, { depth }) {
    const { root, close } = nativeTree(lane, depth);
    const write = lane.call('tree_json');
    const kept = new Uint8Array(nodesOf(depth) * nodeBytes + 8);
    const decode = lane.forms.textReader(kept);
    const make = () => JSON.parse(decode(write(root, kept, kept.length))) as TreeObject;
    return summing(depth, ofObjects(make), 1, close);
  },
});

const byNode = task({
  ...common,
  id: 'tree.by_node',
  isolates: 'walking the tree where it lies: three calls for each node',
  timed: 'sum(p) = p ? tree_value(p) + sum(tree_left(p)) + sum(tree_right(p)) : 0',
  binds: [...own, 'tree_value', 'tree_left', 'tree_right'],
  prepare(lane, { depth }) {
    const { root, close } = nativeTree(lane, depth);
    const value = lane.call('tree_value');
    const left = lane.call('tree_left');
    const right = lane.call('tree_right');
    // A lane may give null as null or as the number 0.
    const sum = (node: Pointer | null): number =>
      node ? value(node) + sum(left(node)) + sum(right(node)) : 0;
    const last = () => {
      let node = root;
      for (let i = 1; i < depth; i++) node = right(node)!;
      return value(node);
    };
    return summing(depth, { sum: () => sum(root), last }, 3 * nodesOf(depth), close);
  },
});

export const tasks = [objects, json, byNode];
