/** Family `points` in Python: a list of dicts {id, x, y}, laid out for C in different ways. */
import { literal, type PythonCase, type PythonTasks } from './case.ts';
import { inPython } from './case.ts';

interface Sized extends Readonly<Record<string, number | string>> {
  readonly elements: number;
}

/** As in `tasks/points.ts`. */
const few = "[{'id': 2, 'x': 0.5, 'y': 1.0}, {'id': 4294967295, 'x': -1.0, 'y': 0.5}]";
const roomFor = (elements: number) => Math.max(elements, 2);

function sumOf(elements: number): number {
  let total = 0;
  for (let i = 0; i < elements; i++) total += (i & 1023) * (i * 0.5 - 1.5);
  return total;
}

/** A case from statements that leave the weighted sum of `points` in `last`. */
function weighing(elements: number, setup: string, timed: string, crossings: number): PythonCase {
  const asked = ['def weigh(points):', ...timed.split('\n').map((line) => `    ${line}`)];
  return {
    setup: [
      `points = [{'id': i & 1023, 'x': i * 0.5, 'y': -1.5} for i in range(${elements})]`,
      'last = -1.0',
      setup,
      ...asked,
      '    return last',
    ].join('\n'),
    timed,
    crossings,
    checks: [
      ['the weighted sum', 'weigh(points)', literal(sumOf(elements))],
      ['the weighted sum of two', `weigh(${few})`, literal(3 - 4294967295 / 2)],
      ['the weighted sum of none', 'weigh([])', '0'],
    ],
    after: [['the last sum', 'last', literal(sumOf(elements))]],
  };
}

const plain = ({ elements }: Sized) =>
  weighing(
    elements,
    '',
    "last = 0.0\nfor p in points: last += p['id'] * (p['x'] + p['y'])",
    0,
  );

function aos({ elements }: Sized): PythonCase {
  const bytes = 24 * roomFor(elements);
  return weighing(
    elements,
    [
      'from struct import Struct',
      "pack_into = Struct('=I4xdd').pack_into",
      `kept = writable(${bytes})`,
      'view = buffer_of(kept)',
    ].join('\n'),
    [
      'at = 0',
      'for p in points:',
      "    pack_into(view, at, p['id'], p['x'], p['y'])",
      '    at += 24',
      'last = points_aos(kept, len(points))',
    ].join('\n'),
    1,
  );
}

function soa({ elements }: Sized): PythonCase {
  const room = roomFor(elements);
  return weighing(
    elements,
    [
      `ids = writable_counts(${room})`,
      `xs = writable_numbers(${room})`,
      `ys = writable_numbers(${room})`,
    ].join('\n'),
    [
      'i = 0',
      'for p in points:',
      "    ids[i] = p['id']",
      "    xs[i] = p['x']",
      "    ys[i] = p['y']",
      '    i += 1',
      'last = points_soa(ids, xs, ys, len(points))',
    ].join('\n'),
    1,
  );
}

const byJson = ({ elements }: Sized) =>
  weighing(
    elements,
    'from json import dumps',
    'data = dumps(points).encode()\nlast = points_json(data, len(data))',
    1,
  );

export const tasks: PythonTasks = {
  'points.aos': inPython<Sized>({ native: aos, plain }),
  'points.soa': inPython<Sized>({ native: soa, plain }),
  'points.json': inPython<Sized>({ native: byJson, plain }),
};
