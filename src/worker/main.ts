/** A worker: a process that measures one case, says so in lines, and ends. */
import { writeSync } from 'node:fs';
import process from 'node:process';
import { taskById } from '../catalogue/catalogue.ts';
import type { Lane, OpenLane } from '../catalogue/lane.ts';
import { caseName, type Check, type Prepared, whyUnsupported } from '../catalogue/task.ts';
import { calibrate, measureBatches, type Measurement } from '../measure/measure.ts';
import { chainNsPerCycle } from '../measure/cycle.ts';
import { readManifest, whyRefused } from './manifest.ts';
import { type Message, protocolVersion, toLine, type WorkOrder } from './protocol.ts';

/** Ends the worker with a message in place of what was to follow. */
class Stop extends Error {
  readonly last: Message;
  constructor(last: Message) {
    super(last.type);
    this.last = last;
  }
}

/** Writes one line whole; `console.log` may lose data when the process exits. */
function say(message: Message): void {
  const bytes = new TextEncoder().encode(toLine(message));
  for (let at = 0; at < bytes.length;) at += writeSync(1, bytes.subarray(at));
}

/** Does what the process's one argument orders, and ends the process. */
export async function work(lane: Lane): Promise<void> {
  try {
    await obey(lane, readOrder(process.argv[2]));
    say({ type: 'done' });
  } catch (error) {
    say(error instanceof Stop ? error.last : failed(error));
  }
  process.exit(0);
}

function failed(error: unknown): Message {
  const reason = error instanceof Error ? error.stack ?? error.message : String(error);
  return { type: 'failed', reason, wrong: [] };
}

function readOrder(argument: string | undefined): WorkOrder {
  const order = JSON.parse(argument ?? 'null') as WorkOrder | null;
  if (order?.protocol === protocolVersion) return order;
  throw new Error(
    `A worker takes one argument, an order of protocol ${protocolVersion}; it got ${argument}. ` +
      'Workers are started by "ffi-bench run".',
  );
}

async function obey(lane: Lane, order: WorkOrder): Promise<void> {
  const task = taskById(order.task);
  if (task === undefined) throw new Error(`There is no task "${order.task}" in the catalogue.`);
  const name = caseName(task.id, order.params);
  say({ type: 'hello', protocol: protocolVersion, lane: order.lane, case: name });
  const plain = lane.capabilities.plain_javascript === true;
  const why = whyUnsupported(lane.capabilities, task, order.params);
  if (why !== null) throw new Stop({ type: 'unsupported', reason: why });
  const open = lane.open(order.library, [
    ...task.binds(order.params),
    ...(plain ? [] : (['calls', 'manifest', 'spin_chain'] as const).map((symbol) => ({
      symbol,
      form: 'plain' as const,
    }))),
  ]);
  if (!plain) checkManifest(open);
  const prepared = plain && typeof task.plain === 'function'
    ? task.plain(order.params)
    : task.prepare(open, order.params);
  verify(prepared.check());
  if (order.mode === 'pilot') {
    say({ type: 'piloted', calls_per_batch: calibrate(prepared.body, order.batchNs) });
  }
  if (order.mode === 'measure') await measureCase(open, prepared, order, plain);
  prepared.close?.();
  open.close();
}

function checkManifest(open: OpenLane): void {
  const manifest = readManifest(open);
  const reason = whyRefused(manifest);
  if (reason !== null) throw new Stop({ type: 'refused', reason });
  const { symbols: _, ...head } = manifest;
  say({ type: 'manifest', manifest: head });
}

/** Compares known answers; says which were wrong and ends the worker where any was. */
function compare(checks: readonly Check[], when: string): void {
  const wrong = checks.filter(({ got, want }) => !Object.is(got, want)).map((check) => ({
    what: check.what,
    got: show(check.got),
    want: show(check.want),
  }));
  if (wrong.length === 0) return;
  const [first] = wrong;
  throw new Stop({
    type: 'failed',
    reason: `A known answer was wrong ${when}: ${first!.what} gave ${first!.got}, not ${
      first!.want
    }.`,
    wrong,
  });
}

function show(value: unknown): string {
  return typeof value === 'bigint'
    ? `${value}n`
    : Object.is(value, -0)
    ? '-0'
    : typeof value === 'number'
    ? String(value)
    : JSON.stringify(value);
}

function verify(checks: readonly Check[]): void {
  compare(checks, 'before timing');
  say({ type: 'verified', checks: checks.length, answers: checks.map(({ got }) => show(got)) });
}

async function measureCase(
  open: OpenLane,
  prepared: Prepared,
  order: WorkOrder,
  plain: boolean,
): Promise<void> {
  const { body } = prepared;
  const chain = plain ? () => null : chainNsPerCycle(open.call('spin_chain'));
  const calls = plain ? () => 0 : open.call('calls');
  const before = chain();
  const countBefore = calls();
  const found = await measureBatches(body, order.callsPerBatch, order.budget);
  const arrived = calls() - countBefore;
  const made = found.bodyCalls;
  report(found, prepared, steadyChain(before, chain()));
  if (!plain && arrived !== made * prepared.crossings) {
    throw new Error(
      `${arrived} calls arrived in the library where ${made * prepared.crossings} were timed: ` +
        'the engine left calls out, or made others.',
    );
  }
  const hot = [...(prepared.after?.(made) ?? []), ...prepared.check()];
  compare(hot, 'after timing, in optimized code');
  say({ type: 'verified_hot', checks: hot.length });
}

function report(found: Measurement, prepared: Prepared, chain: number | null): void {
  say({
    type: 'measured',
    calls_per_batch: found.callsPerBatch,
    batches_ns: Array.from(found.batchesNs, (ns) => Math.round(ns * 10) / 10),
    warm_up: {
      calls: found.warmUp.calls,
      elapsed_ns: Math.round(found.warmUp.elapsedNs),
      steady: found.warmUp.steady,
    },
    crossings_per_call: prepared.crossings,
    allocated_bytes_per_call: allocatedPerCall(found),
    chain_ns_per_cycle: chain,
    involuntary_switches: involuntarySwitches(),
  });
}

/** To a tenth of a byte; what the clock and the loop allocate themselves stays below that. */
function allocatedPerCall(
  { allocatedBytes, batchesNs, callsPerBatch }: Measurement,
): number | null {
  if (allocatedBytes === null) return null;
  return Math.round(allocatedBytes * 10 / (batchesNs.length * callsPerBatch)) / 10;
}

function involuntarySwitches(): number | null {
  try {
    return process.resourceUsage().involuntaryContextSwitches;
  } catch {
    return null;
  }
}

/** The chain's duration where it was the same before and after, within 3 %; null otherwise. */
function steadyChain(before: number | null, after: number | null): number | null {
  if (before === null || after === null) return null;
  const low = Math.min(before, after);
  return Math.max(before, after) <= low * 1.03 ? low : null;
}
