/**
 * The contract of a lane: every case of the catalogue in one process, known answers and call counts
 * alone, nothing timed. One line per case.
 */
import { type CatalogueEntry, entries } from '../catalogue/catalogue.ts';
import type { Lane } from '../catalogue/lane.ts';
import { type Host, type Prepared, whyUnsupported } from '../catalogue/task.ts';
import { countCompared, sayWrong, whyMiscounted, wrongAnswers } from './known_answers.ts';
import { makeHost } from './host.ts';
import { follow } from './main.ts';
import { openOwn, openTask, prepare } from './open.ts';
import { protocolVersion, type WorkOrder } from './protocol.ts';
import { say } from './say.ts';

/** Calls of a body: enough for one that rotates to come round, unless they take too long. */
const calls = 65;
const longest_ms = 20;

/** Checks every case in a lane, and ends the process. */
export async function checkCatalogue(lane: Lane): Promise<void> {
  await follow(lane, async (order) => {
    await checkAll(lane, order, await makeHost(lane, order.library, new URL(import.meta.url)));
  });
}

async function checkAll(lane: Lane, order: WorkOrder, host: Host): Promise<void> {
  say({ type: 'hello', protocol: protocolVersion, lane: order.lane, case: '*' });
  const count = openOwn(lane, order.library)?.call('calls') ?? null;
  for (const entry of entries) {
    const { name, task, params } = entry;
    const why = whyUnsupported(lane.capabilities, task, params);
    if (why !== null) {
      say({ type: 'case', case: name, outcome: 'unsupported', reason: why, checks: 0 });
      continue;
    }
    const result = await checkCase(lane, order, host, entry, count).catch((error) => ({
      reason: String(error?.stack ?? error),
      checks: 0,
    }));
    say({
      type: 'case',
      case: name,
      outcome: result.reason === null ? 'done' : 'failed',
      ...result,
    });
  }
}

async function checkCase(
  lane: Lane,
  { library }: WorkOrder,
  host: Host,
  { task, params }: CatalogueEntry,
  count: (() => number) | null,
): Promise<{ reason: string | null; checks: number }> {
  const open = openTask(lane, library, task, params);
  const before = count?.() ?? 0;
  const prepared = prepare(lane, open, task, params, host);
  // What a one-shot task times lies in its preparation's place, and may only be done once.
  const setUp = task.timing === 'one_shot' ? before : count?.() ?? 0;
  const made = await repeat(prepared);
  const arrived = (count?.() ?? 0) - setUp;
  const checks = [...(await prepared.after?.(made) ?? []), ...await prepared.check()];
  prepared.close?.();
  open.close();
  const wrong = wrongAnswers(checks);
  const miscounted = count && whyMiscounted(arrived, made * prepared.crossings);
  return {
    reason: wrong.length > 0 ? sayWrong(wrong, 'in the contract') : miscounted,
    checks: countCompared(checks),
  };
}

/** Calls the body a few times, or makes the one figure; returns how many calls that was. */
async function repeat({ body, once }: Prepared): Promise<number> {
  const start = performance.now();
  const now = () => performance.now() * 1e6;
  if (once !== undefined) {
    const { calls, made } = await once({ now, sinceStart: now });
    return made ?? calls;
  }
  // One call at least, also where the time was over before this process got a core again.
  let made = 0;
  do {
    await body();
    made++;
  } while (made < calls && performance.now() - start < longest_ms);
  return made;
}
