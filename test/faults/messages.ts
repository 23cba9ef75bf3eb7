// What a healthy worker says, for fake workers that are healthy or nearly so.
import { writeSync } from 'node:fs';
import { protocolVersion, type WorkOrder } from '../../src/worker/protocol.ts';

type Fields = Readonly<Record<string, unknown>>;

/** Writes bytes or text to stdout whole. */
export function put(what: string | Uint8Array): void {
  const bytes = typeof what === 'string' ? new TextEncoder().encode(what) : what;
  for (let at = 0; at < bytes.length;) {
    try {
      at += writeSync(1, bytes.subarray(at));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error;
    }
  }
}

/** A line of the protocol. */
export function line(type: string, fields: Fields = {}): string {
  return `${JSON.stringify({ ffi_bench: protocolVersion, type, ...fields })}\n`;
}

/** The name of the case that an order asks for. */
export function nameOf({ task, params }: Pick<WorkOrder, 'task' | 'params'>): string {
  const values = Object.values(params);
  return values.length === 0 ? task : `${task}[${values.join(',')}]`;
}

export function hello(order: WorkOrder): string {
  return line('hello', { protocol: protocolVersion, lane: order.lane, case: nameOf(order) });
}

/** Calls of a batch: 2 ms, so that 40 batches are long enough to settle. */
const calls = 400_000;

/** Figures of a launch whose cost is `ns`. */
export function measured(ns = 5, fields: Fields = {}): string {
  return line('measured', {
    calls_per_batch: calls,
    begins_ns: Array.from({ length: 40 }, (_, i) => ns * calls * 1.1 * i),
    batches_ns: Array.from({ length: 40 }, (_, i) => ns * calls + i),
    probes: [],
    crossings_per_call: 0,
    allocated_bytes_per_call: null,
    involuntary_switches: 0,
    ...fields,
  });
}

/** All that a healthy worker says to an order. */
export function healthy(order: WorkOrder): string {
  const verified = line('verified', { checks: 1, answers: ['42'] });
  const rest = {
    contract: line('manifest', { manifest: {} }) + verified,
    pilot: verified + line('piloted', { calls_per_batch: 1024 }),
    instructions: verified + line('stepped', { calls: 1, pairs: [], reason: 'not asked' }),
    measure: verified + measured() + line('verified_hot', { checks: 1 }),
  };
  return hello(order) + rest[order.mode] + line('done');
}
