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
import { formatNs, formatRatio } from '../src/report/words/numbers.ts';
import { medianInterval } from '../src/stats/order_interval.ts';
import { median } from '../src/stats/quantiles.ts';
import { inTurn, openBench } from './bench.ts';

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

const model = dataModelOf(process.platform, process.arch);
const reader = prototypeReader(await openGrammar(), model, null);
const sources = {
  constant: () => null,
  file: () => {
    throw new Error('No kernel is given a file.');
  },
};

/** Cases that alternate: one of the catalogue, then the same through `call`. */
function alternating() {
  const library = findLibrary(readTools().library);
  return kernels.flatMap(([name, prototype, args], index) => {
    const wanted = { prototypes: [prototype], args, expect: [], against: null };
    const [described] = describeCalls(library, wanted, reader, sources).calls;
    const task = foreignTask({ ...described!, id: `${described!.id}.${index}` });
    return [entries.find((one) => one.name === name)!, ...entriesOf(task)];
  });
}

const bench = await openBench({ profile: 'call', lanes: ['ffi'] }, {
  entries: alternating(),
  module: null,
  buildFolder: join(root, '.ffi-bench', 'build'),
  files: [],
  described: {},
});

function shown(costs: readonly number[]) {
  const { low, high } = medianInterval(costs) ??
    { low: Math.min(...costs), high: Math.max(...costs) };
  return { value: median(costs), low, high };
}

const arms = [...new Set(bench.cases.map(({ arm }) => arm))];
for (const arm of arms) {
  const own = bench.cases.filter((one) => one.arm === arm);
  for (let i = 0; i + 1 < own.length; i += 2) {
    const [task, called] = [own[i]!, own[i + 1]!];
    // Both ways of a kernel are given the same pilot, so that only the way differs.
    const pilot = await bench.pilot(task);
    const costs = await inTurn(
      rounds,
      () => bench.cost(task, pilot),
      () => bench.cost(called, pilot),
    );
    const [a, b] = [shown(costs.a), shown(costs.b)];
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
