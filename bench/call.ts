/**
 * Does a function cost the same through `call` as it does as a task of the catalogue? Kernels of
 * our own library both ways, launched in turn, and the costs beside each other. Goal: the intervals
 * meet.
 *
 *     npm run self -- bench/call.ts [ROUNDS]
 */
import { join } from 'node:path';
import process from 'node:process';
import { readTools } from '../src/boot/tools.mjs';
import { root } from '../src/boot/versions.mjs';
import { dataModelOf } from '../src/call/c_types.ts';
import { openGrammar } from '../src/call/c/grammar.ts';
import { describeCalls, entriesOf } from '../src/call/describe.ts';
import { findLibrary } from '../src/call/library.ts';
import { prototypeReader } from '../src/call/pasted.ts';
import { foreignTask } from '../src/call/task.ts';
import { entries } from '../src/catalogue/catalogue.ts';
import { toolVersion } from '../src/cli/version.ts';
import { formatNs, formatRatio } from '../src/report/format.ts';
import { launchWorker } from '../src/runner/launch.ts';
import type { PlannedCase } from '../src/runner/plan.ts';
import { orderOf, workerCommand } from '../src/runner/run.ts';
import { unnarrowed } from '../src/runner/select.ts';
import { prepareSession } from '../src/runner/session.ts';
import { launchLimits } from '../src/runner/settings.ts';
import { summarize } from '../src/runner/summarize.ts';
import { medianInterval } from '../src/stats/order_interval.ts';
import { median } from '../src/stats/quantiles.ts';

const rounds = Number(process.argv[2] ?? 10);

/** Cases of the catalogue, each with what is typed for the same call. */
const kernels = [
  ['call.noop', 'void ffib_noop(void)', []],
  ['call.mixed6', 'f64 ffib_mixed6(i32 a, f64 b, u8 c, f32 d, pointer e, u32 f)', [
    ...['a=1', 'b=0.5', 'c=3', 'd=0.25', 'f=7'],
  ]],
  ['work.crc32[64]', 'u32 ffib_crc32(buffer buf, u32 len)', ['buf=bytes:64']],
  ['work.crc32[16384]', 'u32 ffib_crc32(buffer buf, u32 len)', ['buf=bytes:16384']],
  ['buffer.sum[4096]', 'f64 ffib_buffer_sum(f64 buf[], u32 len)', ['buf=bytes:32768']],
] as const;

/** Makes a session whose cases alternate: one of the catalogue, then the same through `call`. */
async function prepare() {
  const library = findLibrary(readTools().library);
  const model = dataModelOf(process.platform, process.arch);
  const reader = prototypeReader(await openGrammar(), model, null);
  const sources = {
    constant: () => null,
    file: () => {
      throw new Error('No kernel is given a file.');
    },
  };
  const pairs = kernels.flatMap(([name, prototype, args], index) => {
    const wanted = { prototypes: [prototype], args, expect: [], against: null };
    const [described] = describeCalls(library, wanted, reader, sources).calls;
    const task = foreignTask({ ...described!, id: `${described!.id}.${index}` });
    return [entries.find((one) => one.name === name)!, ...entriesOf(task)];
  });
  return await prepareSession(
    { ...unnarrowed, profile: 'call', lanes: ['ffi'] },
    { checkout: root, version: toolVersion(), seed: 1, command: [] },
    {
      entries: pairs,
      module: null,
      buildFolder: join(root, '.ffi-bench', 'build'),
      files: [],
      described: {},
    },
  );
}

const session = await prepare();

async function launch(planned: PlannedCase, mode: 'pilot' | 'measure', calls: number) {
  const result = await launchWorker(
    workerCommand(root, session.workers, planned),
    orderOf(planned, mode, calls),
    launchLimits,
  );
  if (result.outcome === 'done') return result;
  throw new Error(`${planned.entry.name} in ${planned.arm.label}: ${result.reason}`);
}

/** Calls per batch. Both ways of a kernel are given the same, so that only the way differs. */
async function pilot(planned: PlannedCase): Promise<number> {
  const { messages } = await launch(planned, 'pilot', 1);
  const said = messages.find((message) => message.type === 'piloted');
  return said?.type === 'piloted' ? said.calls_per_batch : 1;
}

async function cost(planned: PlannedCase, calls: number): Promise<number> {
  const { measured } = await launch(planned, 'measure', calls);
  return summarize(measured!, planned.entry.task.timing).quantiles_ns[2]!;
}

function shown(costs: readonly number[]) {
  const { low, high } = medianInterval(costs) ??
    { low: Math.min(...costs), high: Math.max(...costs) };
  return { value: median(costs), low, high };
}

const arms = [...new Set(session.cases.map(({ arm }) => arm))];
for (const arm of arms) {
  const own = session.cases.filter((one) => one.arm === arm && one.reason === null);
  for (let i = 0; i + 1 < own.length; i += 2) {
    const [task, called] = [own[i]!, own[i + 1]!];
    const calls = await pilot(task);
    const costs = { task: [] as number[], called: [] as number[] };
    for (let round = 0; round < rounds; round++) {
      const turn = [['task', task], ['called', called]] as const;
      for (const [way, planned] of round % 2 === 0 ? turn : turn.toReversed()) {
        costs[way].push(await cost(planned, calls));
      }
    }
    const [a, b] = [shown(costs.task), shown(costs.called)];
    const texts = [a, b].map(({ value, low, high }) =>
      `${formatNs(value)} [${formatNs(low)}, ${formatNs(high)}]`
    );
    process.stdout.write(
      `${arm.label.padEnd(9)} ${task.entry.name.padEnd(18)} task ${texts[0]!.padEnd(28)} ` +
        `call ${texts[1]!.padEnd(28)} ×${formatRatio(b.value / a.value)}  ` +
        `${a.low <= b.high && b.low <= a.high ? 'intervals meet' : 'INTERVALS PART'}\n`,
    );
  }
}
