// Which cases are given the long warm-up of bodies that loop in JavaScript.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lanes } from '../../runtimes/registry.ts';
import { foreign } from '../../src/call/api.ts';
import { tasks } from '../../src/catalogue/catalogue.ts';
import { isLoop } from '../../src/session/rounds.ts';
import { budgetOf } from '../../src/planning/settings.ts';

const laneOf = (name: string) => lanes.find(({ lane }) => lane === name)!;
const taskOf = (id: string) => tasks.find((task) => task.id === id)!;

test('twins, calls by element, concurrent bodies and task files loop; calls of C do not', () => {
  const ffi = laneOf('deno.ffi');
  const own = foreign({
    name: 'own',
    library: 'libm.so.6',
    isolates: 'a root',
    timed: 'sqrt(9)',
    functions: { sqrt: 'double sqrt(double)' },
    prepare: () => assert.fail('nothing is prepared here'),
  });
  assert.equal(isLoop(taskOf('handle.sum'), laneOf('deno.plain')), true);
  assert.equal(isLoop(taskOf('list_sum.per_element'), ffi), true);
  assert.equal(isLoop(taskOf('async.sequential'), ffi), true);
  assert.equal(isLoop(own, ffi), true);
  assert.equal(isLoop(taskOf('handle.sum'), ffi), false);
  assert.equal(isLoop(taskOf('work.sha256'), ffi), false);
});

test('slow calls warm up longer than others, and longest where they loop', () => {
  const { minNs, slowNs, maxNs } = budgetOf('deno', 'loops').warmUp;
  const others = budgetOf('deno', 'others').warmUp.slowNs;
  assert.ok(minNs < others && others < slowNs && slowNs < maxNs);
});
