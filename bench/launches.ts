/**
 * How good are the launches of a run? How many settled, how many met a free core, and how many of
 * those that count lie far from their case. With a second document (of the same machine beside a
 * busy loop on each core, say), also how near its costs are.
 *
 *     npm run self -- bench/launches.ts FILE.json [OTHER.json]
 */
import process from 'node:process';
import { launchCost } from '../src/analysis/launch_cost.ts';
import { openDocument } from '../src/analysis/open.ts';
import { costEstimators } from '../src/stats/estimators.ts';
import { median } from '../src/stats/quantiles.ts';
import type { Document, Launch } from '../src/results/schema.ts';

/** A launch over this times the cost of its case is in another mode, or in slow code. */
const far = 1.25;

const [file, other] = process.argv.slice(2);

const keyOf = ({ case: name, arm }: { case: string; arm: string }) => `${name} ${arm}`;

function costOf({ measured }: Launch) {
  return measured === null ? null : launchCost(measured, costEstimators.free_median);
}

/** The last attempt of every round. */
function lastAttempts({ raw }: Document): Launch[] {
  const last = new Map(
    raw.launches.map((one) => [`${keyOf(one)} ${one.pass} ${one.round}`, one] as const),
  );
  return [...last.values()];
}

function printLaunches(document: Document): void {
  const batched = lastAttempts(document).filter(({ measured }) => measured?.timing === 'batched');
  const costs = new Map(
    [...Map.groupBy(batched, keyOf)].map(([key, own]) => {
      const values = own.map(costOf).filter((cost) => typeof cost === 'number');
      return [key, values.length === 0 ? null : median(values)] as const;
    }),
  );
  const again = document.raw.launches.filter(({ attempt }) => attempt > 0).length;
  for (const [lane, own] of Map.groupBy(batched, ({ arm }) => arm)) {
    const told = own.map((one) => ({ cost: costOf(one), of: costs.get(keyOf(one)) ?? null }));
    const counted = told.filter(({ cost }) => typeof cost === 'number');
    const apart = counted.filter(({ cost, of }) => (cost as number) > far * of!).length;
    const count = (why: string) => told.filter(({ cost }) => cost === why).length;
    process.stdout.write(
      `${lane.padEnd(14)} ${String(own.length).padStart(4)} launches: ` +
        `${String(counted.length).padStart(4)} with a cost, ${count('never_settled')} never ` +
        `settled, ${count('no_free_core')} met no free core; over ${far} times their case: ` +
        `${apart} (${(apart / Math.max(1, counted.length) * 100).toFixed(1)} %)\n`,
    );
  }
  const cases = [...costs.values()];
  process.stdout.write(
    `${document.raw.launches.length} launches, ${again} of them made again; ${
      cases.filter((cost) => cost !== null).length
    } of ${cases.length} cases have a cost\n`,
  );
}

/** How near the costs of two documents are: within 1 % or 0.05 ns. */
function printNearness(a: Document, b: Document): void {
  const costsOf = ({ derived }: Document) =>
    new Map(derived.cases.map((one) => [keyOf(one), one.cost_ns?.value ?? null]));
  const [first, second] = [costsOf(a), costsOf(b)];
  const lanes = new Set(
    a.arms.filter(({ mechanism }) => mechanism === 'ffi').map((arm) => arm.label),
  );
  let near = 0;
  let compared = 0;
  for (const one of a.derived.cases.filter(({ arm }) => lanes.has(arm))) {
    const [x, y] = [first.get(keyOf(one)), second.get(keyOf(one))];
    if (x == null || y == null) continue;
    compared++;
    const apart = Math.abs(y - x);
    if (apart <= 0.05 || apart / x <= 0.01) near++;
    else {process.stdout.write(
        `  ${keyOf(one)}: ${x} then ${y} ns (${(100 * (y / x - 1)).toFixed(1)} %)\n`,
      );}
  }
  process.stdout.write(`${near} of ${compared} costs of ffi lanes within 1 % or 0.05 ns\n`);
}

const document = openDocument(file ?? '');
printLaunches(document);
if (other !== undefined) {
  const second = openDocument(other);
  printLaunches(second);
  printNearness(document, second);
}
