// What launches leave out of mitata, held against the mitata that is installed.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { leanMitata } from '../../src/launching/lean_mitata.ts';

const installed = readFileSync(
  fileURLToPath(new URL('../../node_modules/mitata/src/lib.mjs', import.meta.url)),
  'utf8',
);

interface Mitata {
  now(): number;
  gc(): unknown;
  measure(f: () => unknown, options: object): Promise<{ samples: number[]; ticks: number }>;
}

/** mitata's module, run from its text among some globals. */
function evaluate(text: string, globals: object): Mitata {
  const names = [...text.matchAll(/^export (?:async )?(?:function|const) (\w+)/gm)]
    .map(([, name]) => name);
  const body = `${text.replaceAll(/^export /gm, '')}\nreturn { ${names.join(', ')} };`;
  const made = new Function(...Object.keys(globals), body);
  return made(...Object.values(globals));
}

test('leanMitata collects nothing when it is loaded, and does when it is asked', () => {
  let collected = 0;
  const gc = () => collected++;
  const bun = { gc };
  for (const globals of [{ Bun: bun, globalThis: { Bun: bun } }, { globalThis: { gc } }]) {
    collected = 0;
    evaluate(installed, { Bun: undefined, ...globals });
    assert.equal(collected, 1, 'mitata itself does not collect any more: leave this out');
    collected = 0;
    const { gc: collect } = evaluate(leanMitata(installed), { Bun: undefined, ...globals });
    assert.equal(collected, 0);
    collect();
    assert.equal(collected, 1);
  }
});

test('leanMitata keeps every sample, in the same loop', async () => {
  let ns = 0;
  const { measure } = evaluate(leanMitata(installed), { globalThis: { console } });
  const { samples, ticks } = await measure(() => 0, {
    now: () => ns += 1000,
    gc: false,
    min_samples: 5000,
    min_cpu_time: 0,
    batch_samples: 4,
    samples_threshold: Infinity,
  });
  assert.equal(samples.length, 5000);
  assert.equal(ticks, 20_000);
  assert.ok(samples.every((sample) => sample === 250));
});

test('leanMitata takes the same clock as mitata', () => {
  const nanoseconds = () => 42;
  const clocks = { Bun: { nanoseconds }, $262: { agent: { monotonicNow: () => 0.000042 } } };
  for (const [name, clock] of Object.entries(clocks)) {
    const globals = {
      Bun: undefined,
      [name]: clock,
      globalThis: { [name]: clock, console, gc() {} },
    };
    assert.equal(evaluate(installed, globals).now(), 42);
    assert.equal(evaluate(leanMitata(installed), globals).now(), 42);
  }
  const before = performance.now() * 1e6;
  const between = evaluate(leanMitata(installed), { globalThis: { gc() {} } }).now();
  assert.ok(before <= between && between <= performance.now() * 1e6);
});

test('leanMitata refuses a mitata that it does not know', () => {
  assert.throws(
    () => leanMitata(installed.replace('2 ** 20);', '1024);')),
    /holds 0 times.*2 \*\* 20.* another version/,
  );
});
