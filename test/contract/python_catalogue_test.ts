// Every case that a lane of CPython has, in one process per lane: the catalogue's known answers,
// the calls that arrive, and the answers that a lane of JavaScript gives to the same case.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import nodeLane from '../../runtimes/node/ffi.ts';
import plainLane from '../../runtimes/plain.ts';
import { readTools } from '../../src/boot/tools.mjs';
import { type CatalogueEntry, entries } from '../../src/catalogue/catalogue.ts';
import { pythonTasks, pythonWork } from '../../src/catalogue/python/tasks.ts';
import { type Answer, type Host, whyUnsupported } from '../../src/catalogue/task.ts';
import { whyUnable } from '../../src/planning/unable.ts';
import { show } from '../../src/worker/known_answers.ts';
import { openTask, prepare } from '../../src/worker/open.ts';
import { protocolVersion } from '../../src/worker/protocol.ts';
import { lanesHere, pythonLanes, readyPython, runPython } from './pythons.ts';
import { buildFolder } from './workers.ts';

const folder = buildFolder();
const python = await readyPython();

/** Sizes that a contract asks for: longer texts and lists only take seconds. */
const most: Readonly<Record<string, number>> = {
  bytes: 2 ** 14,
  elements: 10_000,
  records: 1000,
  depth: 10,
  n: 2 ** 20,
};
const isAsked = ({ params, task }: CatalogueEntry) =>
  task.params.length === 1 ||
  (task.id !== 'work.matmul' || Number(params['n']) < 100) &&
    Object.entries(most).every(([name, size]) => !(Number(params[name]) > size));

for (const row of lanesHere(pythonLanes, python)) {
  const isOwn = row.mechanism === 'plain' || row.mechanism === 'numpy';
  test(`${row.lane} keeps the contract of every case`, async () => {
    const able = entries.filter((entry) =>
      isAsked(entry) && whyUnable(row, entry.task, entry.params) === null
    );
    const cases = join(folder, `${row.lane}.json`);
    writeFileSync(
      cases,
      JSON.stringify(able.map(({ name, task, params }) => ({
        name,
        work: pythonWork(row.mechanism, task, params, python.folder),
      }))),
    );
    const { said, end } = await runPython(python.path, 'contract.py', {
      protocol: protocolVersion,
      lane: row.lane,
      library: row.artifact === null ? '' : readTools().library,
      cases,
    });
    const byName = new Map(said.map((one) => [one['case'], one]));
    const wrong = able.flatMap(({ name, params }) => {
      const { outcome, reason } = byName.get(name) ?? { outcome: 'nothing was said', reason: end };
      const isLess = outcome === 'unsupported' && params['compiler'] === 'gcc';
      return outcome === 'done' || isLess ? [] : [`${name}: ${outcome}: ${reason}`];
    });
    assert.deepEqual(wrong.slice(0, 20), [], end);
    assert.equal(said.at(-1)?.type, 'done', end);
    assert.ok(able.length > 20);
    assert.deepEqual(await differing(able, byName, isOwn), []);
  });
}

const host: Host = {
  open: (requests) => nodeLane.open(readTools().library, requests),
  offload: () => assert.fail('a case of Python starts no Worker'),
  repeat: () => assert.fail('a case of Python starts no Worker'),
};

/** Answers of JavaScript by case, of plain JavaScript and of node:ffi. */
const known = { plain: new Map<string, string[]>(), ffi: new Map<string, string[]>() };

/** What a lane of JavaScript answers to a case; null where it has no such case. */
async function answersOf({ name, task, params }: CatalogueEntry, isOwn: boolean) {
  const lane = isOwn ? plainLane : nodeLane;
  const kept = known[isOwn ? 'plain' : 'ffi'];
  const isOfLane = task.timing === 'batched' &&
    whyUnsupported(lane.capabilities, task, params) === null;
  if (!isOfLane) return null;
  if (!kept.has(name)) {
    const open = openTask(lane, readTools().library, task, params);
    const prepared = prepare(lane, open, task, params, host);
    const checks = await prepared.check();
    // Some lanes of JavaScript pass a bool as a number, and Python has one type of integers.
    const spell = params['type'] === 'bool'
      ? (got: Answer) => String(got === open.bool(true))
      : (got: Answer) => show(got).replace(/n$/, '');
    kept.set(name, checks.map(({ got }) => spell(got)));
    prepared.close?.();
  }
  return kept.get(name)!;
}

/** Cases whose answers are not those of a lane of JavaScript, where there is one with the case. */
async function differing(
  able: readonly CatalogueEntry[],
  said: ReadonlyMap<unknown, Readonly<Record<string, unknown>>>,
  isOwn: boolean,
): Promise<string[]> {
  const wrong: string[] = [];
  for (const entry of able) {
    const wanted = await answersOf(entry, isOwn);
    const { answers, outcome } = said.get(entry.name)!;
    const isSame = JSON.stringify(answers) === JSON.stringify(wanted);
    if (outcome === 'done' && wanted !== null && !isSame) {
      wrong.push(`${entry.name}: ${JSON.stringify(answers)}, in JavaScript ${wanted}`);
    }
  }
  return wrong;
}

test('every task in Python is a task of the catalogue', () => {
  const ids = new Set(entries.map(({ task }) => task.id));
  assert.deepEqual(Object.keys(pythonTasks).filter((id) => !ids.has(id)), []);
});
