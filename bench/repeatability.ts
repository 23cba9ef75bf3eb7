/**
 * Do numbers repeat? Reads a document in which every ffi lane stands under two labels of one binary
 * (an A/A control), and prints what comparisons of nothing show.
 *
 *     npm run ffi-bench -- run --lane ffi --launches 20 --out aa.json \
 *       --runtime deno --runtime deno2=deno --runtime bun --runtime bun2=bun \
 *       --runtime node --runtime node2=node
 *     npm run self -- bench/repeatability.ts aa.json
 */
import process from 'node:process';
import { openDocument } from '../src/analysis/open.ts';
import { areTwins } from '../src/analysis/arms.ts';
import { type RatioFigures, ratioOf } from '../src/analysis/pairs.ts';
import { type CaseLaunches, costsOf, rowsOf } from '../src/analysis/rows.ts';
import { benjaminiHochberg } from '../src/stats/false_discovery.ts';
import { costEstimators, type Estimator, estimators } from '../src/stats/estimators.ts';
import { median, quantile } from '../src/stats/quantiles.ts';

interface Control {
  readonly name: string;
  readonly lane: string;
  readonly costNs: number;
  readonly ratio: RatioFigures;
}

const document = openDocument(process.argv[2] ?? 'aa.json');

/** Every pair of twins of the document, by an estimator. */
function controls(estimator: Estimator): Control[] {
  return rowsOf(document).flatMap(({ name, cases }) =>
    cases.flatMap((own, i) =>
      cases.slice(0, i).filter((other) => areTwins(own.arm, other.arm)).flatMap((other) => {
        const ratio = ratioOf(own, other, estimator);
        return ratio === null ? [] : [{ name, lane: own.case.lane, costNs: costOf(own), ratio }];
      })
    )
  );
}

function costOf(own: CaseLaunches): number {
  return median(costsOf(own, costEstimators[document.method]));
}

const share = (value: number) => `${(value * 100).toFixed(2)} %`;

/** Relative error of a comparison of nothing, and whether it meets a goal: a share, or 0.15 ns. */
const errorOf = ({ ratio }: Control) => Math.expm1(Math.abs(ratio.logRatio));
const errorNs = (control: Control) => errorOf(control) * control.costNs;

function holdsOne({ ratio: { low, high } }: Control): boolean {
  return low === null || high === null || (low <= 0 && high >= 0);
}

/** P(at most `held` of `all`) if each interval held with 95 %; small means too few did. */
function tailOf95(held: number, all: number): number {
  let sum = 0;
  let term = 0.05 ** all;
  for (let k = 0; k <= held; k++) {
    sum += term;
    term *= ((all - k) / (k + 1)) * (0.95 / 0.05);
  }
  return Math.min(1, sum);
}

function printLanes(all: readonly Control[]): void {
  for (const [lane, own] of Map.groupBy(all, (one) => one.lane)) {
    const held = own.filter(holdsOne).length;
    const errors = own.map(errorOf);
    process.stdout.write(
      `${lane.padEnd(10)} ${held} of ${own.length} intervals hold 1.00; error median ${
        share(median(errors))
      }, p95 ${share(quantile(errors, 0.95))}\n`,
    );
  }
}

function printGoals(all: readonly Control[]): void {
  const held = all.filter(holdsOne).length;
  const errors = all.map(errorOf);
  const within = (limit: number) =>
    all.filter((one) => errorOf(one) <= limit || errorNs(one) <= 0.15).length;
  const adjusted = benjaminiHochberg(all.map(({ ratio }) => ratio.p));
  const rounds = Math.min(...all.map(({ ratio }) => ratio.rounds));
  process.stdout.write([
    `${all.length} A/A comparisons, ${rounds} rounds at least`,
    `intervals that hold 1.00: ${held} of ${all.length} = ${share(held / all.length)}` +
    ` (P of so few if 95 % did: ${tailOf95(held, all.length).toFixed(3)})`,
    `error of the ratio: median ${share(median(errors))}, p95 ${share(quantile(errors, 0.95))}`,
    `within 0.5 % or 0.15 ns: ${within(0.005)} of ${all.length}; ` +
    `within 2 % or 0.15 ns: ${within(0.02)} of ${all.length}`,
    `verdicts after correction: ${adjusted.filter((p) => p <= 0.05).length}`,
    '',
  ].join('\n'));
}

function printWorst(all: readonly Control[]): void {
  process.stdout.write('The five that differ most:\n');
  for (const one of all.toSorted((a, b) => errorOf(b) - errorOf(a)).slice(0, 5)) {
    process.stdout.write(
      `  ${one.name} ${one.lane}: ${share(errorOf(one))}, ${errorNs(one).toFixed(2)} ns\n`,
    );
  }
}

function printEstimators(): void {
  process.stdout.write('Other estimators over the same launches (median / p95 of the error):\n');
  for (const estimator of estimators) {
    const errors = controls(estimator).map(errorOf);
    process.stdout.write(
      `  ${estimator.name.padEnd(24)} ${share(median(errors))} / ${
        share(quantile(errors, 0.95))
      }\n`,
    );
  }
}

const all = controls(costEstimators[document.method]);
printGoals(all);
printLanes(all);
printWorst(all);
printEstimators();
