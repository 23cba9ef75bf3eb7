/**
 * One line per task and params as soon as its rounds are done, for the user who watches a run.
 */
import { figuresOf } from '../analysis/figures.ts';
import { ratioOf } from '../analysis/pairs.ts';
import { type CaseLaunches, costsOf, type Row } from '../analysis/rows.ts';
import { costEstimators } from '../stats/estimators.ts';
import { withoutCostText } from './words/launches.ts';
import { formatNs, formatRatio, formatSpread } from './words/numbers.ts';
import { plainText } from './plain_text.ts';
import { spreadOf } from './model.ts';

/** Columns that the names of tasks are given, so that the lines of a run stand below each other. */
const nameWidth = 26;

/** A run under way measures by the method of today. */
const estimator = costEstimators.free_median;

/**
 * The row in plain text on one line, without newline: name, then cost, spread and ratio per arm. No
 * verdicts: they depend on the whole run. `clockStepNs` as in a document's provenance.
 */
export function rowLine(row: Row, clockStepNs: number | null): string {
  const first = row.cases.find((own) => !own.case.folded && costsOf(own, estimator).length > 0);
  const parts = row.cases.map((own) => caseText(own, first, clockStepNs));
  return `${plainText(row.name).padEnd(nameWidth)} ${parts.join(' · ')}`;
}

function caseText(
  own: CaseLaunches,
  first: CaseLaunches | undefined,
  clockStepNs: number | null,
): string {
  const name = plainText(own.arm.label);
  const figures = figuresOf(own, clockStepNs, estimator);
  if (!figures.cost_ns) {
    const without = withoutCostText(figures);
    return `${name} ${without || (own.notDone.at(-1)?.outcome ?? own.case.status)}`;
  }
  const cost = `${name} ${formatNs(figures.cost_ns.value)}`;
  if (own.case.folded) return `${cost} folded`;
  const spread = formatSpread(spreadOf(figures.cost_ns));
  const words = [cost, ...spread === '' ? [] : [spread]];
  const ratio = first && own !== first ? ratioOf(own, first, estimator) : null;
  if (ratio) words.push(`×${formatRatio(Math.exp(ratio.logRatio))}`);
  const without = withoutCostText(figures);
  if (without !== '') words.push(without);
  if (figures.slow.count > 0) words.push(`${figures.slow.count}/${own.done.length} slow`);
  return words.join(' ');
}
