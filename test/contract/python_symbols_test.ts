// Every function of the signature table in every lane of CPython that crosses into the library, by
// the answers that all lanes are asked for; and what the lanes say that they cannot do.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { capabilitiesOf } from '../../runtimes/lanes.ts';
import { hosts } from '../../runtimes/registry.ts';
import { readTools } from '../../src/boot/tools.mjs';
import { root } from '../../src/boot/versions.mjs';
import type { OpenLane } from '../../src/catalogue/lane.ts';
import { signatures, type SymbolName, symbolNames } from '../../src/catalogue/signatures.ts';
import { wrongAnswers } from '../../src/worker/known_answers.ts';
import { lanesHere, pythonLanes, readyPython } from './pythons.ts';
import { type Served, serveLane } from './probes/served_lane.ts';
import { answers, isAsked } from './probes/symbols.ts';
import { buildFolder } from './workers.ts';

const folder = buildFolder();
const python = await readyPython();
const crossing = lanesHere(pythonLanes.filter(({ artifact }) => artifact === 'library'), python);

function serve(row: (typeof crossing)[number], takesText: boolean | null = null): Served {
  const capabilities = capabilitiesOf(row);
  return serveLane({
    path: python.path,
    args: [...hosts.cpython.flags.slice(0, -1), join(root, 'runtimes', 'cpython', 'serve.py')],
    order: {
      lane: row.lane,
      library: readTools().library,
      takes_text: takesText ?? capabilities.string_argument === true,
      python: { signatures, binds: symbolNames, kernels: [], folder: python.folder },
    },
    folder,
  }, capabilities);
}

/** What is wrong with the answers of one function, as sentences. */
async function wrongOf(lane: OpenLane, name: SymbolName): Promise<string[]> {
  if (!isAsked(name, lane.capabilities)) return [];
  try {
    const checks = await answers[name].ask(lane);
    if (checks.length === 0) return [`${name}: nothing asked`];
    return wrongAnswers(checks).map(({ what, got, want }) => `${name}: ${what}: ${got}, ${want}`);
  } catch (error) {
    return [`${name}: it threw ${error}`];
  }
}

for (const row of crossing) {
  test(`${row.lane} gives the known answer of every function of the table`, async () => {
    const { lane, close } = serve(row);
    try {
      const wrong: string[] = [];
      for (const name of symbolNames) wrong.push(...await wrongOf(lane, name));
      assert.deepEqual(wrong, []);
    } finally {
      close();
    }
  });
}

for (const row of crossing.filter(({ cannot }) => 'string_argument' in cannot)) {
  test(`${row.lane} takes no str where C wants a string`, () => {
    const { lane, close } = serve(row, true);
    try {
      assert.throws(() => lane.call('string_sum_z')('a'), /TypeError|ArgumentError|wrong type/);
    } finally {
      close();
    }
  });
}

for (const row of crossing) {
  test(`${row.lane} takes no buffer where C wants its length`, () => {
    const { lane, close } = serve(row);
    try {
      const touch = lane.call('buffer_touch_length') as (bytes: unknown, length: unknown) => number;
      assert.throws(() => touch(new Uint8Array(8), { is: 'no number' }), /Error/);
    } finally {
      close();
    }
  });
}
