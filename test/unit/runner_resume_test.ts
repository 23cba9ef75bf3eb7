// What a resumed run makes again and what it does not: launches, instructions, and what follows the
// end of a journal; and which plan a journal goes on under.
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { planHash } from '../../src/planning/plan.ts';
import { budgets } from '../../src/planning/settings.ts';
import type { LaunchResult } from '../../src/launching/launch.ts';
import type { Session } from '../../src/session/prepare.ts';
import type { WorkOrder } from '../../src/worker/protocol.ts';
import { doneAt, isPilot, simulate, simulatedSession } from '../faults/simulate.ts';

const folder = mkdtempSync(join(os.tmpdir(), 'ffi-bench-resume-'));
after(() => rmSync(folder, { recursive: true, force: true }));

/** A session of two cases in three lanes, whose instructions are counted in one launch each. */
function steppedSession(): Session {
  return { ...simulatedSession(2, 2), steppings: 1, instrumentOf: () => '/instrument' };
}

/** The launch that a made-up worker makes of an order. */
function answer(order: WorkOrder): LaunchResult {
  if (isPilot(order)) return doneAt(5, 250_000, 256);
  if (order.mode !== 'instructions') return doneAt(5);
  const messages = [{ type: 'stepped', calls: 0, pairs: [], reason: 'It is made up.' }] as const;
  return { ...doneAt(5), measured: null, messages };
}

const keyOf = ({ mode, lane, task }: WorkOrder) => `${mode} ${task} ${lane}`;

/** A run that is interrupted while the second task is stepped, its orders and what resumes it. */
async function interruptedWhileStepping(name: string) {
  const path = join(folder, name);
  const orders: WorkOrder[] = [];
  const interrupt = new AbortController();
  const session = steppedSession();
  const [first, second] = [...new Set(session.cases.map(({ entry }) => entry.task.id))];
  const ended = await simulate(session, path, () => doneAt(5), {
    abort: interrupt.signal,
    checkout: folder,
    launch: async (_command, order) => {
      orders.push(order);
      if (order.mode === 'instructions' && order.task === second) {
        // The other launches under way end first.
        await setImmediate();
        interrupt.abort();
      }
      return answer(order);
    },
  });
  assert.equal(ended, null);
  const resume = (again: Session, made: WorkOrder[]) =>
    simulate(again, path, () => doneAt(5), {
      resume: true,
      checkout: folder,
      launch: (_command, order) => {
        made.push(order);
        return Promise.resolve(answer(order));
      },
    });
  return { orders, first, second, resume };
}

test('every timed launch is over before the first one that counts instructions', async () => {
  const { orders } = await interruptedWhileStepping('last.ndjson');
  const modes = orders.filter((order) => !isPilot(order)).map(({ mode }) => mode);
  assert.equal(modes.filter((mode) => mode === 'measure').length, 12);
  assert.ok(modes.lastIndexOf('measure') < modes.indexOf('instructions'), modes.join(' '));
});

test('a resumed run counts no instructions again, and makes no launch again', async () => {
  const { orders, first, second, resume } = await interruptedWhileStepping('stepped.ndjson');
  const counted = orders.filter(({ mode, task }) => mode === 'instructions' && task === first);
  assert.equal(counted.length, 3);
  const again: WorkOrder[] = [];
  const document = await resume(steppedSession(), again);
  assert.ok(again.every(({ mode }) => mode === 'instructions'), again.map(keyOf).join('\n'));
  assert.deepEqual(again.map(({ task }) => task), [second, second, second]);
  assert.equal(document!.raw.launches.length, 12);
  assert.ok(document!.cases.every(({ instructions }) => instructions?.reason === 'It is made up.'));
});

test('a resumed run without instructions ends with the counts that it has', async () => {
  const { first, resume } = await interruptedWhileStepping('without.ndjson');
  const again: WorkOrder[] = [];
  const document = await resume({ ...steppedSession(), steppings: 0 }, again);
  assert.deepEqual(again, []);
  const counted = document!.cases.filter(({ instructions }) => instructions !== null);
  assert.deepEqual(new Set(counted.map((one) => one.case.split('[')[0])), new Set([first]));
  assert.equal(counted.length, 3);
});

test('a run that reached its end is not added to, nor is anything launched', async () => {
  const path = join(folder, 'ended.ndjson');
  const session = steppedSession();
  const made = await simulate(session, path, () => doneAt(5), {
    checkout: folder,
    launch: (_command, order) => Promise.resolve(answer(order)),
  });
  const text = readFileSync(path, 'utf8');
  const again = await simulate(steppedSession(), path, () => doneAt(9), {
    resume: true,
    checkout: folder,
    notes: ['Another run measured at the same time.'],
    launch: (_command, order) => assert.fail(`it launched ${keyOf(order)}`),
  });
  assert.deepEqual(again, made);
  assert.equal(readFileSync(path, 'utf8'), text);
});

test('the hash of a plan differs with all that decides what is measured', () => {
  const { cases } = simulatedSession(2, 2);
  const settings = { seed: 1, passes: 1, budgets, files: { '/opt/bun': 'a' } };
  const hash = planHash(cases, settings);
  assert.equal(planHash(simulatedSession(2, 2).cases, structuredClone(settings)), hash);
  const [one, ...rest] = cases;
  const { arm } = one!;
  const changed = {
    rounds: [{ ...one!, rounds: 3 }, ...rest],
    label: [{ ...one!, arm: { ...arm, label: 'other' } }, ...rest],
    runtime: [{ ...one!, arm: { ...arm, runtime: { ...arm.runtime, path: '/x' } } }, ...rest],
    version: [{ ...one!, arm: { ...arm, runtime: { ...arm.runtime, version: '9' } } }, ...rest],
    library: [
      { ...one!, arm: { ...arm, library: { path: '/l', sha256: 'b', label: null } } },
      ...rest,
    ],
    fewer: rest,
  };
  for (const [what, others] of Object.entries(changed)) {
    assert.notEqual(planHash(others as typeof cases, settings), hash, what);
  }
  for (const [name, value] of Object.entries(budgets)) {
    const other = {
      ...budgets,
      [name]: typeof value === 'number' ? value + 1 : { ...value, x: 1 },
    };
    assert.notEqual(planHash(cases, { ...settings, budgets: other }), hash, name);
  }
  assert.notEqual(planHash(cases, { ...settings, seed: 2 }), hash);
  assert.notEqual(planHash(cases, { ...settings, files: { '/opt/bun': 'b' } }), hash);
});

test('under an emulator a launch ends well, and holds no figure', async () => {
  const session = { ...simulatedSession(1, 2), emulatedOn: 'x86_64' };
  const document = await simulate(session, join(folder, 'emulated.ndjson'), () => doneAt(5), {
    checkout: folder,
  });
  const launches = document!.raw.launches;
  assert.equal(launches.length, 6);
  assert.ok(launches.every(({ outcome, measured }) => outcome === 'unsupported' && !measured));
  assert.match(launches[0]!.reason!, /under an emulator on x86_64, whose time is no time\.$/);
  assert.ok(document!.derived.cases.every(({ cost_ns }) => cost_ns === null));
});
