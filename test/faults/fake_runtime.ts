// A program that claims to be a runtime: answers the tool's question who it is, and is then a
// worker that does what the file that imports this one has put into `globalThis.fake`.
import { spawn } from 'node:child_process';
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import process from 'node:process';
import type { Fake } from './tool.ts';
import { healthy, hello, put } from './messages.ts';

const fake: Required<Omit<Fake, 'pids' | 'gate'>> & Record<'pids' | 'gate', string | null> = {
  /** Time that a measuring launch takes, in ms. */
  delayMs: 0,
  /** How a measuring launch ends: `healthy`, `crash`, or `hang` with a child of its own. */
  measure: 'healthy',
  /** File into which every worker writes its id, and those of its children. */
  pids: null,
  /** File with the number of launches that may still pass. */
  gate: null,
  version: '1.4.5',
  engine: 'none',
  ...(globalThis as { fake?: Fake }).fake,
};

function note(pid: number | undefined): void {
  if (fake.pids !== null) appendFileSync(fake.pids, `${pid}\n`);
}

/** Does something when the gate lets this launch pass. One launch at a time waits here. */
function behindGate(gate: string, act: () => void): void {
  const left = Number(readFileSync(gate, 'utf8'));
  if (left > 0) {
    writeFileSync(gate, String(left - 1));
    act();
  } else {
    setTimeout(() => behindGate(gate, act), 10);
  }
}

const last = process.argv.at(-1)!;
if (last === '--version') {
  put(`${fake.version}\n`);
} else if (last.endsWith('probe.mjs')) {
  const { version, engine } = fake;
  const said = { ffi_bench_probe: 1, runtime: 'bun', version, engine, path: process.execPath };
  put(`${JSON.stringify(said)}\n`);
} else {
  const order = JSON.parse(last);
  note(process.pid);
  if (order.mode !== 'measure' || fake.measure === 'healthy') {
    const answer = () => put(healthy(order));
    // Pilots take no core of their own.
    if (order.takesCore && fake.gate !== null) behindGate(fake.gate, answer);
    else setTimeout(answer, order.mode === 'measure' ? fake.delayMs : 0);
  } else if (fake.measure === 'crash') {
    process.kill(process.pid, 'SIGSEGV');
  } else {
    const child = spawn(process.execPath, ['-e', 'for (;;);'], { stdio: 'inherit' });
    note(child.pid);
    put(hello(order));
    for (;;);
  }
}
