// The catalogue in one process, without a library: its names, its profiles, and every task whose
// work plain JavaScript can do, with its known answers before and after its body has run.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import plainLane from '../../runtimes/plain.ts';
import { entries, tasks } from '../../src/catalogue/catalogue.ts';
import { cPrototype } from '../../src/catalogue/prototype.ts';
import { casesOf, type ProfileName, profiles } from '../../src/catalogue/profiles.ts';
import { signatures } from '../../src/catalogue/signatures.ts';
import { familyOf, type Host, whyUnsupported } from '../../src/catalogue/task.ts';
import { wrongAnswers } from '../../src/worker/known_answers.ts';

/** Sizes above this take longer than a unit test may; the contract tests ask them too. */
const largestHere = 20_000;

const host: Host = {
  open: () => assert.fail('a plain case opened a library'),
  offload: () => assert.fail('a plain case started a Worker'),
  repeat: () => assert.fail('a plain case started a Worker'),
};

/** A clock whose readings are kept. */
function keepingClock() {
  const readings: number[] = [];
  const read = () => {
    readings.push(performance.now() * 1e6);
    return readings.at(-1)!;
  };
  return { readings, now: read, sinceStart: read };
}

/** Whether a figure is the time between two readings, the start of the process among them. */
function isDifference(ns: number, readings: readonly number[]): boolean {
  return readings.some((from) => readings.some((to) => to > from && to - from === ns));
}

function isSmall(params: Readonly<Record<string, number | string>>): boolean {
  return Object.values(params).every((value) => !(Number(value) > largestHere));
}

test('ids and case names are there once', () => {
  for (const names of [tasks.map(({ id }) => id), entries.map(({ name }) => name)]) {
    assert.deepEqual(names.filter((name, i) => names.indexOf(name) !== i), []);
  }
});

test('ids have a family and a name', () => {
  for (const { id } of tasks) assert.match(id, /^[a-z_]+\.[a-z0-9_]+$/);
});

test('a family is the file of its name, which is what its workers are bundled of', async () => {
  for (const [family, own] of Map.groupBy(tasks, ({ id }) => familyOf(id))) {
    const file = await import(`../../src/catalogue/tasks/${family}.ts`);
    assert.deepEqual(file.tasks, own);
  }
});

test('every task says in a line what it isolates and what is timed', () => {
  for (const { id, isolates, timed } of tasks) {
    for (const line of [isolates, timed]) {
      assert.ok(line.length > 4 && line.length <= 120 && !line.includes('\n'), `${id}: ${line}`);
    }
    assert.doesNotMatch(isolates, /\.$/, `${id} ends with a full stop`);
  }
});

test('every sweep names a parameter that is a number in all of its params', () => {
  for (const { id, sweep, params, largest } of tasks) {
    if (sweep === null) continue;
    for (const one of params) {
      const size: number | string | undefined = one[sweep];
      assert.ok(typeof size === 'number' && size <= largest, `${id}: ${size}`);
    }
  }
});

test('every function that a task binds is in the signature table', () => {
  for (const { name, task, params } of entries) {
    for (const { symbol } of task.binds(params)) {
      assert.ok(symbol in signatures, `${name} binds ${symbol}`);
      assert.match(cPrototype(symbol, signatures[symbol]), /ffib_/);
    }
  }
});

test('every function of the table but the library’s own is bound by a case', () => {
  const own = [
    ...['calls', 'manifest', 'probe', 'counters_start', 'counters_read', 'spin_chain'],
    ...['throughput', 'throughput_scale', 'take_freest_core'],
    ...['step_begin', 'step_end', 'step_walk'],
    ...['danger_pointer', 'danger_bits', 'danger_place'],
  ];
  const bound = new Set(
    entries.filter(({ task }) => task.id !== 'start.open')
      .flatMap(({ task, params }) => task.binds(params).map(({ symbol }) => symbol as string)),
  );
  // A Worker binds what it calls by itself.
  const unbound = Object.keys(signatures).filter((name) => !bound.has(name) && !own.includes(name));
  assert.deepEqual(unbound, []);
});

test('every case of a profile is in the catalogue', () => {
  const names = new Set(entries.map(({ name }) => name));
  for (const name of Object.keys(profiles) as ProfileName[]) {
    for (const one of casesOf(name)) assert.ok(names.has(one), `${name} has ${one}`);
  }
});

test('a size beyond what a task takes is refused in a sentence', () => {
  const task = tasks.find(({ id }) => id === 'string_out.c_string')!;
  const reason = whyUnsupported(plainLane.capabilities, task, { bytes: 2 ** 22 + 1 });
  assert.match(reason ?? '', /string_out\.c_string takes bytes up to 4194304, not 4194305/);
});

for (const task of tasks) {
  const supported = task.params.filter((params) =>
    whyUnsupported(plainLane.capabilities, task, params) === null && isSmall(params)
  );
  if (supported.length === 0) continue;
  test(`${task.id} keeps its answers in plain JavaScript`, async () => {
    for (const params of supported) {
      const open = plainLane.open('', task.binds(params));
      const prepared = typeof task.plain === 'function'
        ? task.plain(params)
        : task.prepare(open, params, host);
      assert.deepEqual(wrongAnswers(await prepared.check()), [], JSON.stringify(params));
      let made = 3;
      if (prepared.once === undefined) {
        for (let i = 0; i < made; i++) await prepared.body();
      } else {
        const clock = keepingClock();
        const figure = await prepared.once(clock);
        assert.ok(isDifference(figure.elapsedNs, [0, ...clock.readings]), `${figure.elapsedNs}`);
        made = figure.made ?? figure.calls;
      }
      const after = await prepared.after?.(made) ?? [];
      assert.deepEqual(wrongAnswers(after), [], JSON.stringify(params));
      prepared.close?.();
    }
  });
}
