/** A worker: a process that measures one case, says so in lines, and ends. */
import { openInstrument } from '../../runtimes/host/instrument.ts';
import { ownProcess } from '../../runtimes/host/own_process.ts';
import type { Lane, OpenLane } from '../catalogue/lane.ts';
import {
  caseName,
  type Check,
  type Clock,
  type Host,
  type Prepared,
  type Task,
  whyUnsupported,
} from '../catalogue/task.ts';
import { allocationCounter, noAllocations } from '../measure/allocated.ts';
import {
  guessBatch,
  measureBatches,
  type Measurement,
  measureOnce,
  type Measuring,
} from '../measure/measure.ts';
import { gc } from '../measure/mitata.ts';
import { countCompared, show, whyMiscounted, wrongAnswers } from './known_answers.ts';
import { bareHost, makeHost, serve, type ServeOrder } from './host.ts';
import { readManifest, whyRefused } from './manifest.ts';
import { openOwn, openTask, prepare } from './open.ts';
import { type Message, protocolVersion, type WorkOrder } from './protocol.ts';
import { measured, say, Stop, stopWrong } from './say.ts';
import { stepCalls } from './step.ts';

/** Finds the task of an order; answers undefined where the worker does not have it. */
export type FindTask = (order: WorkOrder) => Task | undefined;

/** Works on a task that this worker has, as the process's one argument orders. */
export async function work(lane: Lane, find: FindTask): Promise<void> {
  await follow(lane, (order) => obey(lane, order, find));
}

/** Does what the process's one argument orders, and ends the process. */
export async function follow(
  lane: Lane,
  obey: (order: WorkOrder) => Promise<void>,
): Promise<void> {
  const order = readOrder(ownProcess.argument);
  if (order.mode === 'serve') return await serve(lane, order);
  try {
    await obey(order);
    say({ type: 'done' });
  } catch (error) {
    say(error instanceof Stop ? error.last : failed(error));
  }
  ownProcess.exit(0);
}

function failed(error: unknown): Message {
  const reason = error instanceof Error ? error.stack ?? error.message : String(error);
  return { type: 'failed', reason, wrong: [] };
}

function readOrder(argument: string | undefined): WorkOrder | ServeOrder {
  const order = JSON.parse(argument ?? 'null') as WorkOrder | ServeOrder | null;
  if (order?.protocol === protocolVersion) return order;
  throw new Error(
    `A worker takes one argument, an order of protocol ${protocolVersion}; it got ${argument}. ` +
      'Workers are started by "ffi-bench run".',
  );
}

async function obey(lane: Lane, order: WorkOrder, find: FindTask): Promise<void> {
  const task = find(order);
  if (task === undefined) throw new Error(`This worker has no task "${order.task}".`);
  const name = caseName(task.id, order.params);
  say({ type: 'hello', protocol: protocolVersion, lane: order.lane, case: name });
  const why = whyUnsupported(lane.capabilities, task, order.params);
  if (why !== null) throw new Stop({ type: 'unsupported', reason: why });
  const library = task.foreign?.library ?? order.library;
  const host = task.needs(order.params).includes('worker')
    ? await makeHost(lane, library, new URL(import.meta.url))
    : bareHost(lane, library);
  if (task.timing === 'one_shot' && order.mode === 'measure') {
    return await obeyOnce(lane, order, task, host);
  }
  const own = isOpenedFirst(task, order) ? openChecked(lane, order) : null;
  const open = openTask(lane, order.library, task, order.params);
  const prepared = prepare(lane, open, task, order.params, host);
  await verify(prepared);
  if (order.mode === 'pilot') await pilotCase(own, prepared, order);
  if (order.mode === 'instructions') await stepCase(prepared, order);
  if (order.mode === 'measure') await measureCase(lane, own, prepared, order);
  prepared.close?.();
  open.close();
}

/**
 * Whether the worker's own functions are called before the case: not before one that is measured or
 * stepped, since they might slow it down. What another thread is asked for varies, so that no pilot
 * could count it, and takes so long that nothing of that would show.
 */
function isOpenedFirst({ timing }: Task, { mode }: WorkOrder): boolean {
  return (mode !== 'measure' && mode !== 'instructions') || timing === 'concurrent';
}

/**
 * A one-shot figure is of the first time, so that it cannot be verified first: the library is held
 * against the table, and the figure said, only once it was taken.
 */
async function obeyOnce(lane: Lane, order: WorkOrder, task: Task, host: Host): Promise<void> {
  const open = openTask(lane, order.library, task, order.params);
  const prepared = prepare(lane, open, task, order.params, host);
  const { found, made } = await measureOnce(prepared, startClock(order));
  const own = openChecked(lane, order);
  const arrived = own?.call('calls')() ?? 0;
  await verify(prepared);
  await finish(counting(own, order), prepared, found, made, arrived);
}

/** Time since the tool asked for this process. */
function startClock({ askedAtMs }: WorkOrder): Clock['sinceStart'] {
  return () => (performance.timeOrigin + performance.now() - askedAtMs) * 1e6;
}

/** What the worker itself calls, of a library that is the table's; null for a plain lane. */
function openChecked(lane: Lane, { library }: WorkOrder): OpenLane | null {
  const own = openOwn(lane, library);
  if (own === null) return null;
  const manifest = readManifest(own);
  const reason = whyRefused(manifest);
  if (reason !== null) throw new Stop({ type: 'refused', reason });
  const { symbols: _, ...head } = manifest;
  say({ type: 'manifest', manifest: head });
  return own;
}

async function verify(prepared: Prepared): Promise<void> {
  const checks = await prepared.check();
  refuseWrong(checks, 'before timing');
  say({
    type: 'verified',
    checks: countCompared(checks),
    answers: checks.map(({ got }) => show(got)),
  });
}

function refuseWrong(checks: readonly Check[], when: string): void {
  const wrong = wrongAnswers(checks);
  if (wrong.length > 0) throw stopWrong(wrong, when);
}

async function pilotCase(own: OpenLane | null, prepared: Prepared, order: WorkOrder) {
  const callsBefore = counting(own, order)?.call('calls')();
  say({
    type: 'piloted',
    calls_per_batch: await guessBatch(prepared.body, order.batchNs),
    ...(callsBefore === undefined ? {} : { calls_before: callsBefore }),
  });
}

async function measureCase(
  lane: Lane,
  opened: OpenLane | null,
  prepared: Prepared,
  order: WorkOrder,
): Promise<void> {
  const callsBefore = counting(opened, order)?.call('calls')() ?? order.callsBefore;
  const found = await measureBatches(prepared.body, await measuringOf(order));
  const own = opened ?? openChecked(lane, order);
  const counted = callsBefore === undefined ? null : counting(own, order);
  const arrived = (counted?.call('calls')() ?? 0) - (callsBefore ?? 0);
  await finish(counted, prepared, found, found.bodyCalls, arrived);
}

/** Steps through calls of the case, and asks the known answers of the code that was stepped. */
async function stepCase(prepared: Prepared, order: WorkOrder): Promise<void> {
  const { instrument, callsPerBatch, durationNs, batchNs, mostStepNs = 0 } = order;
  const opened = await openInstrument(instrument);
  gc();
  const { message, calls } = await stepCalls(prepared.body, {
    instrument: opened,
    callsPerBatch,
    settlingBatches: Math.ceil(durationNs / batchNs),
    mostStepNs,
  });
  say(message);
  await verifyHot(prepared, calls);
}

/** How an order has a body measured. */
async function measuringOf(
  { callsPerBatch, durationNs, countsAllocations, instrument, takesCore, withoutProbe }: WorkOrder,
): Promise<Measuring> {
  const opened = instrument === '' ? null : await openInstrument(instrument);
  const allocated = countsAllocations ? allocationCounter(gc) : noAllocations;
  if (takesCore) opened?.takeFreestCore();
  const probe = withoutProbe ? null : opened?.throughput ?? null;
  return { callsPerBatch, durationNs, probe, allocated };
}

/** The library that counts the calls of a task: no library counts those of another one. */
function counting(own: OpenLane | null, { foreign }: WorkOrder): OpenLane | null {
  return foreign === undefined ? own : null;
}

/** Says what was measured, and asks the known answers again. */
async function finish(
  counted: OpenLane | null,
  prepared: Prepared,
  found: Measurement,
  made: number,
  arrived: number,
): Promise<void> {
  say(measured(found, prepared));
  const miscounted = counted === null ? null : whyMiscounted(arrived, made * prepared.crossings);
  if (miscounted !== null) throw new Error(miscounted);
  await verifyHot(prepared, made);
}

async function verifyHot(prepared: Prepared, made: number): Promise<void> {
  const hot = [...(await prepared.after?.(made) ?? []), ...await prepared.check()];
  refuseWrong(hot, 'after timing, in optimized code');
  say({ type: 'verified_hot', checks: countCompared(hot) });
}
