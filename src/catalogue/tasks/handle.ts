/** Family `handle`: data that lives in native memory and that JavaScript holds by its address. */
import type { OpenLane, Pointer } from '../lane.ts';
import { largestNumbers } from '../inputs.ts';
import { type Prepared, task } from '../task.ts';
import { apart } from '../twins/apart.ts';

const sum = task({
  id: 'handle.sum',
  isolates: 'adding up an array that native memory owns: only its address crosses',
  timed: 'last = handle_sum(handle)',
  params: [10, 100, 1000, 10000, 100000, 1000000].map((elements) => ({ elements })),
  sweep: 'elements',
  largest: largestNumbers,
  binds: ['handle_create', 'handle_sum', 'handle_get', 'handle_destroy'],
  prepare(lane, { elements }) {
    const handle = lane.call('handle_create')(elements);
    const f = lane.call('handle_sum');
    const get = lane.call('handle_get');
    const destroy = lane.call('handle_destroy');
    const want = sumOfElements(elements);
    const last = new Float64Array(1);
    return {
      body: () => last[0] = f(handle),
      crossings: 1,
      check: () => [
        { what: 'the sum', got: f(handle), want },
        { what: 'the last element', got: get(handle, elements - 1), want: elements - 0.5 },
      ],
      after: () => [{ what: 'the last sum', got: last[0]!, want }],
      close: () => destroy(handle),
    };
  },
});

/**
 * The sum of 0.5, 1.5, … n-0.5, which is what the elements of a handle are: fractions, since Node
 * 26 converts whole numbers that it reads from memory to 64-bit integers and back.
 */
function sumOfElements(n: number): number {
  return (n * n) / 2;
}

const small = [16, 1000].map((elements) => ({ elements }));
const lifeCycle = ['handle_create', 'handle_sum', 'handle_destroy', 'handle_live'] as const;

/** A case that makes, uses and gives back a handle every time; none may be left over. */
function cycling(elements: number, cycle: () => number, live: () => number): Prepared {
  const last = new Float64Array(1);
  const before = live();
  const want = sumOfElements(elements);
  return {
    body: () => last[0] = cycle(),
    crossings: 3,
    check: () => [
      { what: 'the sum', got: cycle(), want },
      { what: 'handles left over', got: live() - before, want: 0 },
    ],
    after: () => [{ what: 'the last sum', got: last[0]!, want }],
  };
}

const cycle = task({
  id: 'handle.cycle',
  isolates: 'making, using and giving back native memory for every call',
  timed: 'h = handle_create(elements); last = handle_sum(h); handle_destroy(h)',
  params: small,
  sweep: 'elements',
  largest: largestNumbers,
  binds: lifeCycle,
  prepare(lane, { elements }) {
    const create = lane.call('handle_create');
    const f = lane.call('handle_sum');
    const destroy = lane.call('handle_destroy');
    return cycling(elements, () => {
      const handle = create(elements);
      const answer = f(handle);
      destroy(handle);
      return answer;
    }, lane.call('handle_live'));
  },
});

/** An object that owns a handle, with the garbage collector as its safety net. */
function ownership(lane: OpenLane) {
  const create = lane.call('handle_create');
  const f = lane.call('handle_sum');
  const destroy = lane.call('handle_destroy');
  const net = new FinalizationRegistry(destroy);
  return class Owned {
    readonly handle: Pointer | null;
    constructor(elements: number) {
      this.handle = create(elements);
      net.register(this, this.handle, this);
    }
    sum(): number {
      return f(this.handle);
    }
    close(): void {
      net.unregister(this);
      destroy(this.handle);
    }
  };
}

const registered = task({
  id: 'handle.registered',
  isolates: 'handle.cycle by an object with a FinalizationRegistry as its safety net',
  timed: 'o = new Owned(elements) /* registers */; last = o.sum(); o.close() /* unregisters */',
  params: small,
  sweep: 'elements',
  largest: largestNumbers,
  binds: lifeCycle,
  prepare(lane, { elements }) {
    const Owned = ownership(lane);
    return cycling(elements, () => {
      const owned = new Owned(elements);
      const answer = owned.sum();
      owned.close();
      return answer;
    }, lane.call('handle_live'));
  },
});

const reads = [10, 1000, 100000].map((elements) => ({ elements }));

/** A case that reads every element of an array and adds them up in JavaScript. */
function reading(elements: number, read: () => number, crossings: number, close: () => void) {
  const last = new Float64Array(1);
  const want = sumOfElements(elements);
  return {
    body: () => last[0] = read(),
    crossings,
    check: () => [{ what: 'the sum', got: read(), want }],
    after: () => [{ what: 'the last sum', got: last[0]!, want }],
    close,
  };
}

/** Adds up a typed array in JavaScript. */
function sumOf(values: Float64Array): number {
  let total = 0;
  for (let i = 0; i < values.length; i++) total += values[i]!;
  return total;
}

const mapped = task({
  id: 'handle.mapped',
  isolates: 'native memory mapped once, then read by JavaScript without a call',
  timed: 'for (x of view) total += x',
  params: reads,
  sweep: 'elements',
  largest: largestNumbers,
  needs: ['native_memory'],
  binds: ['handle_create', 'handle_data', 'handle_destroy'],
  plain: ({ elements }) => {
    const kept = Float64Array.from({ length: elements }, (_, i) => i + 0.5);
    const sum = apart(elements, sumOf);
    return reading(elements, () => sum(kept), 0, () => {});
  },
  prepare(lane, { elements }) {
    const handle = lane.call('handle_create')(elements);
    const data = lane.call('handle_data')(handle)!;
    const destroy = lane.call('handle_destroy');
    const view = lane.numbersAt(data, elements);
    const sum = apart(elements, sumOf);
    return reading(elements, () => sum(view), 0, () => destroy(handle));
  },
});

const byElement = task({
  id: 'handle.by_element',
  isolates: 'native memory read by one call for each element, against handle.mapped',
  timed: 'for (i < elements) total += handle_get(handle, i)',
  params: reads,
  sweep: 'elements',
  largest: largestNumbers,
  binds: ['handle_create', 'handle_get', 'handle_destroy'],
  prepare(lane, { elements }) {
    const handle = lane.call('handle_create')(elements);
    const get = lane.call('handle_get');
    const destroy = lane.call('handle_destroy');
    const read = apart(elements, () => {
      let total = 0;
      for (let i = 0; i < elements; i++) total += get(handle, i);
      return total;
    });
    return reading(elements, read, elements, () => destroy(handle));
  },
});

const map = task({
  id: 'handle.map',
  isolates: 'mapping native memory anew and reading one element of it',
  timed: 'last = numbersAt(address, elements)[elements - 1]',
  params: [1000].map((elements) => ({ elements })),
  sweep: 'elements',
  largest: largestNumbers,
  needs: ['native_memory'],
  binds: ['handle_create', 'handle_data', 'handle_destroy'],
  plain: null,
  prepare(lane, { elements }) {
    const handle = lane.call('handle_create')(elements);
    const data = lane.call('handle_data')(handle)!;
    const destroy = lane.call('handle_destroy');
    const { numbersAt } = lane;
    const last = () => numbersAt(data, elements)[elements - 1]!;
    let x = -1;
    return {
      body: () => x = last(),
      crossings: 0,
      check: () => [{ what: 'the last element', got: last(), want: elements - 0.5 }],
      after: () => [{ what: 'the last answer', got: x, want: elements - 0.5 }],
      close: () => destroy(handle),
    };
  },
});

/** A list of JavaScript objects, node i holding i + 0.5. */
interface Node {
  readonly next: Node | null;
  readonly value: number;
}

function linked(nodes: number): Node | null {
  let head: Node | null = null;
  for (let i = nodes - 1; i >= 0; i--) head = { next: head, value: i + 0.5 };
  return head;
}

const walk = task({
  id: 'handle.walk',
  isolates: 'following a linked list in native memory: two calls for each node',
  timed: 'for (i < nodes) { total += node_value(p); p = node_next(p) }',
  params: [1000].map((nodes) => ({ nodes })),
  sweep: 'nodes',
  largest: 2 ** 22,
  binds: ['nodes_create', 'node_next', 'node_value', 'nodes_destroy'],
  plain: ({ nodes }) => {
    const head = linked(nodes);
    const read = apart(nodes, () => {
      let total = 0;
      for (let node = head; node !== null; node = node.next) total += node.value;
      return total;
    });
    return reading(nodes, read, 0, () => {});
  },
  prepare(lane, { nodes }) {
    const head = lane.call('nodes_create')(nodes);
    const next = lane.call('node_next');
    const value = lane.call('node_value');
    const destroy = lane.call('nodes_destroy');
    const read = apart(nodes, () => {
      let total = 0;
      let node: Pointer | null = head;
      for (let i = 0; i < nodes; i++) {
        total += value(node);
        node = next(node);
      }
      return lane.samePointer(node, null) ? total : NaN;
    });
    return reading(nodes, read, 2 * nodes, () => destroy(head));
  },
});

export const tasks = [sum, cycle, registered, mapped, byElement, map, walk];
