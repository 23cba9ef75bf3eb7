// A worker that misbehaves as its first argument says; the last one is the order, as for any
// worker.
import { spawn, type SpawnOptions } from 'node:child_process';
import { closeSync, writeFileSync } from 'node:fs';
import process from 'node:process';
import type { WorkOrder } from '../../src/worker/protocol.ts';
import { healthy, hello, line, measured, nameOf, put } from './messages.ts';

const [behaviour = '', given = ''] = process.argv.slice(2);
const order: WorkOrder = JSON.parse(process.argv.at(-1)!);
const verified = line('verified', { checks: 1, answers: [] });
const started = hello(order) + verified;
const broken = (fields: Readonly<Record<string, unknown>>) =>
  started + measured(5, fields) + line('done');
const forever = () => setInterval(() => {}, 1 << 30);

/** A child that sleeps; its id goes into the file that was given. */
function leaveBehind(options: SpawnOptions): void {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1e9)'], options);
  writeFileSync(given, String(child.pid));
  child.unref();
}

const behaviours: Readonly<Record<string, () => void>> = {
  healthy: () => put(healthy(order)),
  nothing: () => {},
  garbage: () => put(Uint8Array.from({ length: 5000 }, (_, i) => i * 7919 % 251)),
  noise_and_health: () =>
    put(`\u0000\u001b[31mnoise {"ffi_bench"\n${healthy(order).replaceAll('\n', '\nnoise\n')}`),
  half_line: () => put(`${started}{"ffi_bench":1,"type":"meas`),
  not_json: () => put(`${started}{"ffi_bench":1,"type":}\n`),
  babble: () => {
    const much = new Uint8Array(1 << 20).fill(0x61);
    for (let i = 0; i < 100; i++) put(much);
    put(`\n${healthy(order)}`);
  },
  endless_line: () => {
    put('{"ffi_bench":1,"type":"failed","reason":"');
    const much = new Uint8Array(1 << 20).fill(0x61);
    for (let i = 0; i < 100; i++) put(much);
  },
  stderr_babble: () => {
    const much = '\u0007babble\n'.repeat(200_000);
    for (let i = 0; i < 8; i++) process.stderr.write(much);
    put(started);
    process.exitCode = 3;
  },
  invalid_utf8: () => put(new Uint8Array([...new TextEncoder().encode(started), 0xff, 0xc3, 10])),
  invalid_utf8_inside: () => {
    const text = line('failed', { reason: 'X', wrong: [] });
    put(Uint8Array.from(new TextEncoder().encode(started + text), (b) => b === 0x58 ? 0xff : b));
  },
  nul_bytes: () => put(`${started}\u0000\u0000\u0000\n\u0000{"ffi_bench":1}\n`),
  wrong_version: () => put(hello(order).replace('"ffi_bench":2', '"ffi_bench":99')),
  other_case: () => put(hello({ ...order, task: 'call.other' })),
  other_lane: () => put(hello({ ...order, lane: 'node.plain' })),
  out_of_order: () => put(hello(order) + measured()),
  after_the_end: () =>
    put(started + line('failed', { reason: 'a' }) + line('failed', { reason: 'b' })),
  unknown_message: () => put(started + line('constructor')),
  no_done: () => put(started),
  numbers_for_texts: () => put(started + line('failed', { reason: 42 })),
  endless_time: () => put(broken({ begins_ns: [0, 1], batches_ns: [1e308, 1e308] })),
  negative_time: () => put(broken({ batches_ns: [-1] })),
  no_batches: () => put(broken({ batches_ns: [] })),
  too_few_begins: () => put(broken({ begins_ns: [0] })),
  odd_probes: () => put(broken({ probes: [2000] })),
  texts_for_numbers: () => put(broken({ involuntary_switches: '<b>1</b>' })),
  half_a_switch: () => put(broken({ involuntary_switches: 0.5 })),
  unpaired_surrogate: () => put(started + line('failed', { reason: '\ud800<script>\u001b[2J' })),
  exits_well_in_the_middle: () => put(started),
  exits_badly: () => {
    put(started);
    process.exitCode = 9;
  },
  kills_itself: () => process.kill(process.pid, 'SIGKILL'),
  hangs: () => forever(),
  hangs_after_done: () => {
    put(healthy(order));
    forever();
  },
  ignores_signals: () => {
    for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(signal, () => {});
    put(hello(order));
    forever();
  },
  closes_stdout: () => {
    put(hello(order));
    closeSync(1);
    forever();
  },
  grandchild: () => {
    leaveBehind({ stdio: 'inherit' });
    put(healthy(order));
  },
  grandchild_and_hang: () => {
    leaveBehind({ stdio: 'inherit' });
    forever();
  },
  grandchild_that_left: () => {
    leaveBehind({ stdio: 'inherit', detached: true });
    put(healthy(order));
  },
  environment: () => put(`${started}${line('failed', { reason: JSON.stringify(process.env) })}`),
  arguments: () => put(started + line('failed', { reason: `${nameOf(order)} ${behaviour}` })),
};

behaviours[behaviour]!();
