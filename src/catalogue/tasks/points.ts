/** Family `points`: a list of objects {id, x, y}, laid out for C in different ways. */
import type { OpenLane } from '../lane.ts';
import { type Prepared, task } from '../task.ts';
import { apart } from '../twins/apart.ts';

/** One object of the list. */
interface Point {
  readonly id: number;
  readonly x: number;
  readonly y: number;
}

const params = [10, 1000, 10000].map((elements) => ({ elements }));

/** Points whose weighted sum stays exact: ids below 1,024 and halves. */
function makePoints(elements: number): Point[] {
  return Array.from({ length: elements }, (_, i) => ({ id: i & 1023, x: i * 0.5, y: -1.5 }));
}

/** The sum of id · (x + y). */
function weigh(points: readonly Point[]): number {
  let total = 0;
  for (let i = 0; i < points.length; i++) {
    const { id, x, y } = points[i]!;
    total += id * (x + y);
  }
  return total;
}

const few: Point[] = [{ id: 2, x: 0.5, y: 1 }, { id: 4294967295, x: -1, y: 0.5 }];

/** A case from a way of weighing a list. */
function weighing(elements: number, way: (points: Point[]) => number, crossings: number): Prepared {
  const points = makePoints(elements);
  const want = weigh(points);
  const last = new Float64Array(1);
  return {
    body: () => last[0] = way(points),
    crossings,
    check: () => [
      { what: 'the weighted sum', got: way(points), want },
      { what: 'the weighted sum of two', got: way(few), want: 3 - 4294967295 / 2 },
      { what: 'the weighted sum of none', got: way([]), want: 0 },
    ],
    after: () => [{ what: 'the last sum', got: last[0]!, want }],
  };
}

const common = {
  params,
  sweep: 'elements',
  largest: 2 ** 24,
  plain: ({ elements }: { elements: number }) => weighing(elements, apart(elements, weigh), 0),
} as const;

/** Room for `few` too. */
const roomFor = (elements: number) => Math.max(elements, few.length);

const aos = task({
  ...common,
  id: 'points.aos',
  isolates: 'packing objects into one kept array of structs of 24 bytes',
  timed:
    'for (p of points) ids[6 * i] = p.id, numbers[3 * i + 1] = p.x, …; last = points_aos(kept, n)',
  binds: ['points_aos'],
  prepare(lane, { elements }) {
    const f = lane.call('points_aos');
    const kept = new Uint8Array(24 * roomFor(elements));
    const ids = new Uint32Array(kept.buffer);
    const numbers = new Float64Array(kept.buffer);
    const pack = apart(elements, (points: readonly Point[]) => {
      for (let i = 0; i < points.length; i++) {
        const point = points[i]!;
        ids[6 * i] = point.id;
        numbers[3 * i + 1] = point.x;
        numbers[3 * i + 2] = point.y;
      }
    });
    return weighing(elements, (points) => {
      pack(points);
      return f(kept, points.length);
    }, 1);
  },
});

const soa = task({
  ...common,
  id: 'points.soa',
  isolates: 'packing objects into three kept arrays, one for each field',
  timed:
    'for (p of points) ids[i] = p.id, xs[i] = p.x, ys[i] = p.y; last = points_soa(ids, xs, ys, n)',
  binds: ['points_soa'],
  prepare(lane, { elements }) {
    const f = lane.call('points_soa');
    const ids = new Uint32Array(roomFor(elements));
    const xs = new Float64Array(roomFor(elements));
    const ys = new Float64Array(roomFor(elements));
    const pack = apart(elements, (points: readonly Point[]) => {
      for (let i = 0; i < points.length; i++) {
        const point = points[i]!;
        ids[i] = point.id;
        xs[i] = point.x;
        ys[i] = point.y;
      }
    });
    return weighing(elements, (points) => {
      pack(points);
      return f(ids, xs, ys, points.length);
    }, 1);
  },
});

/** Bytes that one point takes as JSON, at the most. */
const pointBytes = 72;

function byJson(lane: OpenLane, elements: number) {
  const f = lane.call('points_json');
  const kept = new Uint8Array(pointBytes * roomFor(elements) + 2);
  const write = lane.forms.textWriter(kept);
  return (points: Point[]) => f(kept, write(JSON.stringify(points)));
}

const json = task({
  ...common,
  id: 'points.json',
  isolates: 'the objects as JSON text, which C parses',
  timed: 'last = points_json(kept, write(JSON.stringify(points), kept))',
  largest: 2 ** 21,
  binds: ['points_json'],
  prepare: (lane, { elements }) => weighing(elements, byJson(lane, elements), 1),
});

export const tasks = [aos, soa, json];
