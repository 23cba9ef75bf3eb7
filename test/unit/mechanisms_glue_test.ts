// The code that is generated around mechanisms: the glue of WebAssembly, and the C of cc().
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { shimLacks, shimSource, shimSymbols } from '../../runtimes/bun/shim.ts';
import { glue, type Memory, viewsOn } from '../../runtimes/wasm_glue.ts';
import { lanes } from '../../runtimes/lanes.ts';
import { symbolNames } from '../../src/catalogue/signatures.ts';
import type { Signature } from '../../src/catalogue/words.ts';

/** Memory of a module whose scratch lies at 64. */
function memory(): Memory & { readonly buffer: ArrayBuffer } {
  const buffer = new ArrayBuffer(1024);
  return {
    buffer,
    scratch: () => 64,
    views: () => viewsOn(buffer),
    encodeInto: (text, target) => new TextEncoder().encodeInto(text, target),
  };
}

const bytes = { buffer: 'u8' } as const;
const numbersOut = { buffer: 'f64', mutable: true } as const;

test('glue is the export itself where there is nothing to do', () => {
  const raw = (a: number, b: number) => a + b;
  const signature: Signature = { args: ['i32', 'pointer'], result: 'i32' };
  assert.equal(glue(raw as never, signature, memory()), raw);
});

test('glue makes unsigned results of signed ones', () => {
  const u32 = glue((() => -1) as never, { args: [], result: 'u32' }, memory());
  const u64 = glue((() => -1n) as never, { args: [], result: 'u64' }, memory());
  assert.equal(u32(), 4294967295);
  assert.equal(u64(), 2n ** 64n - 1n);
});

test('glue copies buffers behind each other, and back what may have been written', () => {
  const kept = memory();
  const seen: unknown[] = [];
  const raw = (a: number, length: number, b: number) => {
    seen.push(a, length, b, new Uint8Array(kept.buffer, a, length).join());
    new Float64Array(kept.buffer, b, 2).set([3, 4]);
  };
  const call = glue(raw as never, { args: [bytes, 'u32', numbersOut], result: 'void' }, kept);
  const out = new Float64Array([1, 2]);
  assert.equal(call(new Uint8Array([7, 8, 9]), 3, out), undefined);
  assert.deepEqual(seen, [64, 3, 80, '7,8,9']);
  assert.deepEqual([...out], [3, 4]);
});

test('glue takes bytes from every kind of view, and texts with a zero byte behind them', () => {
  const kept = memory();
  const read = (at: number) => new Uint8Array(kept.buffer)[at];
  const call = glue(read as never, { args: [bytes], result: 'i32' }, kept);
  const whole = new Uint8Array([5, 6]);
  assert.equal(call(whole), 5);
  assert.equal(call(whole.buffer), 5);
  assert.equal(call(new DataView(whole.buffer, 1)), 6);
  assert.equal(call(whole.subarray(1)), 6);
  new Uint8Array(kept.buffer).fill(255);
  const copy = (at: number) => new Uint8Array(kept.buffer.slice(at, at + 4));
  const text = glue(copy as never, { args: ['cstring'], result: 'i32' }, kept);
  assert.deepEqual([...text('aé')], [0x61, 0xc3, 0xa9, 0]);
});

test('shimSource writes C of the functions that it is asked for', () => {
  const source = shimSource(['noop', 'id_u64', 'buffer_touch', 'callback_repeat'], 4096);
  assert.match(source, /static uint64_t \*calls = \(uint64_t \*\)4096ull;/);
  assert.match(source, /^void ffib_noop\(void\) \{ \+\+\*calls; {2}\}$/m);
  assert.match(source, /^uint64_t ffib_id_u64\(uint64_t a0\) \{ \+\+\*calls; return a0; \}$/m);
  assert.match(source, /^uint32_t ffib_buffer_touch\(uint8_t const \*a0, uint32_t a1\)/m);
  assert.match(
    source,
    /^int32_t ffib_callback_repeat\(int32_t \(\*a0\)\(int32_t \), uint32_t a1\)/m,
  );
});

test('the shim has or lacks every function of the table', () => {
  assert.deepEqual([...shimSymbols, ...Object.keys(shimLacks)].sort(), [...symbolNames].sort());
});

test('a mechanism that several runtimes share is one module', () => {
  for (const mechanism of ['napi', 'koffi', 'wasm']) {
    const rows = lanes.filter((row) => row.mechanism === mechanism);
    assert.deepEqual(rows.map(({ runtime }) => runtime), ['deno', 'bun', 'node']);
    assert.equal(new Set(rows.map(({ module }) => module)).size, 1, mechanism);
  }
});
