/**
 * Does the generator add anything to a hand-written addon? The same calls through the generated
 * addon and through bench/addon/by_hand.c, in paired launches. Goal: within 3 %.
 *
 *     npm run self -- bench/addon/compare.ts [ROUNDS]
 */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import process from 'node:process';
import { findZig, zigEnvironment } from '../../src/boot/zig.mjs';
import { root } from '../../src/boot/versions.mjs';
import { formatNs } from '../../src/report/words/numbers.ts';
import { libraryFile } from '../../src/session/arms.ts';
import { signTest } from '../../src/stats/order_interval.ts';
import { median } from '../../src/stats/quantiles.ts';
import { inTurn, openBench } from '../bench.ts';

const names = ['call.noop', 'buffer.touch[64]', 'string_in.direct[36]'];
const rounds = Number(process.argv[2] ?? 30);
const goal = 0.03;

/** Builds the hand-written addon with the project's own compiler, and returns its path. */
async function buildByHand(): Promise<string> {
  const zig = await findZig();
  if (zig === undefined) throw new Error('There is no Zig here: "npm test" once installs it.');
  execFileSync(zig.path, ['build', 'addon-by-hand'], {
    cwd: root,
    env: zigEnvironment(),
    stdio: 'inherit',
  });
  return join(root, 'zig-out', 'lib', 'ffibench_by_hand.node');
}

const byHand = libraryFile(await buildByHand(), 'by_hand');
const bench = await openBench({ tasks: names, lanes: ['napi'] });
process.stdout.write(`${rounds} paired launches each; ratio: generated over hand-written\n`);
for (const planned of bench.cases) {
  const hand = { ...planned, arm: { ...planned.arm, library: byHand } };
  const pilot = await bench.pilot(planned);
  const { a: generated, b: byHandNs } = await inTurn(
    rounds,
    () => bench.cost(planned, pilot),
    () => bench.cost(hand, pilot),
  );
  const logs = generated.map((ns, i) => Math.log(ns / byHandNs[i]!));
  const { interval } = signTest(logs);
  const share = (log: number) => `${((Math.exp(log) - 1) * 100).toFixed(1)} %`;
  const within = Math.exp(median(logs)) - 1 <= goal;
  const cells = [
    planned.entry.name.padEnd(22),
    planned.arm.label.padEnd(10),
    `generated ${formatNs(median(generated)).padStart(8)}`,
    `by hand ${formatNs(median(byHandNs)).padStart(8)}`,
    share(median(logs)).padStart(7),
    interval ? `[${share(interval.low)}, ${share(interval.high)}]` : '[no interval]',
    within ? 'within 3 %' : 'OVER 3 %',
  ];
  process.stdout.write(`${cells.join('  ')}\n`);
}
