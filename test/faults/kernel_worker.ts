// A worker under any runtime that calls one kernel of the fault library once it has said
// "verified". The last argument is an order, whose library is the fault library and whose task ends
// in the name of the kernel.
import process from 'node:process';
import type { WorkOrder } from '../../src/worker/protocol.ts';
import { hello, line, measured, put } from './messages.ts';

const order = JSON.parse(process.argv.at(-1)!) as WorkOrder;
const name = `fault_${order.task.split('.')[1]}`;

/** The kernel through the runtime's own foreign function interface. */
// deno-lint-ignore no-explicit-any
async function open(library: string): Promise<any> {
  // deno-lint-ignore no-explicit-any
  const { Deno, Bun } = globalThis as any;
  if (Deno) {
    return Deno.dlopen(library, { [name]: { parameters: [], result: 'u32' } }).symbols[name];
  }
  if (Bun) {
    const { dlopen } = await import('bun:ffi');
    return dlopen(library, { [name]: { args: [], returns: 'u32' } }).symbols[name]!;
  }
  const { dlopen } = await import('node:ffi');
  return dlopen(library, { [name]: { arguments: [], return: 'u32' } }).functions[name];
}

const kernel = await open(order.library);
put(hello(order) + line('verified', { checks: 1, answers: [] }));
const answer = kernel();
put(measured(answer) + line('verified_hot', { checks: 1 }) + line('done'));
