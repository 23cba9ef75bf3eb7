/**
 * What machines agree and disagree on: the same questions asked of every member of a merged
 * document, and where two members that are both certain give opposite answers.
 */
import { keyOf } from '../results/keys.ts';
import type { BreakEvenSize } from '../results/schema_conclusions.ts';
import type { Pair } from '../results/schema_derived.ts';
import { quantile } from '../stats/quantiles.ts';
import type { Member } from './open.ts';
import { type RankedJob, type Summary, summaryOf } from './summary.ts';

/** Two lanes in one case, of which one member says faster and another slower. */
export interface Opposite {
  readonly case: string;
  readonly arm: string;
  readonly base: string;
  /** What each member says, in their order; null where it did not compare the two. */
  readonly pairs: readonly (Pair | null)[];
}

/** The members beside each other. */
export interface Beside {
  readonly summaries: readonly Summary[];
  /** Comparisons that at least two members are certain of. */
  readonly compared: number;
  /** Those that they contradict each other on, the widest apart first. */
  readonly opposites: readonly Opposite[];
  /**
   * Cost over that of the first member, in the middle of the cases that both measured by one
   * method; null where there are none, and for the first.
   */
  readonly times: readonly (number | null)[];
}

/** Sets members beside each other. */
export function besideEachOther(members: readonly Member[]): Beside {
  const byPlace = new Map<string, (Pair | null)[]>();
  for (const [index, { document }] of members.entries()) {
    for (const pair of document.derived.pairs) {
      const key = JSON.stringify([pair.case, pair.arm, pair.base]);
      const own = byPlace.get(key) ?? members.map(() => null);
      own[index] = pair;
      byPlace.set(key, own);
    }
  }
  const certain = [...byPlace.values()].filter((pairs) => pairs.filter(isCertain).length > 1);
  return {
    summaries: members.map(({ document }) => summaryOf(document)),
    compared: certain.length,
    opposites: certain.filter((pairs) => areOpposite(pairs)).map((pairs): Opposite => {
      const { case: name, arm, base } = pairs.find((pair) => pair !== null)!;
      return { case: name, arm, base, pairs };
    }).sort((a, b) => widthOf(b) - widthOf(a)),
    times: members.map((member, index) => index === 0 ? null : timesOf(member, members[0]!)),
  };
}

function isCertain(pair: Pair | null): boolean {
  return pair?.verdict === 'faster' || pair?.verdict === 'slower';
}

/** Whether one of the pairs says faster and another slower. */
export function areOpposite(pairs: readonly (Pair | null)[]): boolean {
  return pairs.some((pair) => pair?.verdict === 'faster') &&
    pairs.some((pair) => pair?.verdict === 'slower');
}

/** Greatest ratio over least, as a logarithm. */
function widthOf({ pairs }: Opposite): number {
  const logs = pairs.filter(isCertain).map((pair) => Math.log(pair!.ratio.value));
  return Math.max(...logs) - Math.min(...logs);
}

function timesOf({ document }: Member, { document: base }: Member): number | null {
  if (document.method !== base.method) return null;
  const costs = new Map(base.derived.cases.map((item) => [keyOf(item), item.cost_ns?.value]));
  const ratios = document.derived.cases.flatMap((item) => {
    const [own, other] = [item.cost_ns?.value, costs.get(keyOf(item))];
    return own && other ? [own / other] : [];
  });
  return ratios.length === 0 ? null : quantile(ratios, 0.5);
}

/** Whether two members are certain that another way of one job is the best. */
export function bestDiffers(jobs: readonly (RankedJob | null)[]): boolean {
  const isTold = (job: RankedJob, of: RankedJob) =>
    job.ways.some(({ way, isTold }) =>
      way.task === of.ways[0]?.way.task && way.mechanism === of.ways[0]?.way.mechanism && isTold
    );
  const found = jobs.filter((job) => job !== null);
  return found.some((job) => found.some((other) => isTold(job, other) && isTold(other, job)));
}

/** Whether native code begins to pay at sizes that have nothing in common. */
export function breakEvenDiffers(found: readonly (BreakEvenSize | null)[]): boolean {
  const spans = found.flatMap((item) => item === null ? [] : spanOf(item) ?? []);
  return spans.some(({ low }) => spans.some(({ high }) => low >= high));
}

/** Sizes between which the cost of native code falls below that of JavaScript; null of unknown. */
function spanOf({ kind, between, faster, slower }: BreakEvenSize) {
  if (kind === 'from' && between !== null) return between;
  if (kind === 'always') return { low: 0, high: faster[0]! };
  if (kind === 'never') return { low: slower.at(-1)!, high: Infinity };
  return kind === 'partly' && faster.length > 0 && slower.length === 0
    ? { low: 0, high: faster[0]! }
    : null;
}
