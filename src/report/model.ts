/**
 * What every face of a comparison shows, before it is drawn: columns in groups, rows of cells with
 * their quality, and why others are empty. Terminal, markdown and page draw the same model.
 */
import { type CaseLaunches, type Row, rowsOf } from '../analysis/rows.ts';
import { keyOf } from '../results/keys.ts';
import type { Arm, Document } from '../results/schema.ts';
import type {
  CaseFigures,
  Derived,
  Estimate,
  Pair,
  PairReason,
  Verdict,
} from '../results/schema_derived.ts';
import { costEstimators, type Estimator } from '../stats/estimators.ts';
import { withoutCostText } from './words/launches.ts';
import { type Note, NoteList } from './words/notes.ts';
import { floorMechanism, type Quality, qualityOf } from './words/quality.ts';

/** How columns are grouped. */
export type Grouping = 'runtime' | 'mechanism';

/** Neighbouring arms that belong together. */
export interface ColumnGroup {
  readonly title: string;
  readonly arms: readonly Arm[];
}

/** Cost of a cell over the cost of the first lane of its row. */
export interface CellRatio {
  /** Label of the lane whose cost it is divided by. */
  readonly base: string;
  readonly value: number;
  readonly verdict: Verdict;
  /** Why there is no verdict; null where there is one. */
  readonly because: PairReason | null;
  /** The quotient of the two costs, where it is not what the rounds give; else null. */
  readonly costsGive: number | null;
}

/** How far launches lie apart, as a share of the cost. */
export interface Spread {
  /** Half the interval, or half the range where launches were too few; null of one launch. */
  readonly share: number | null;
  readonly is: 'interval' | 'range';
}

/** What a case shows that has figures. */
export interface FilledCell {
  readonly state: 'measured' | 'folded';
  readonly costNs: number;
  readonly spread: Spread;
  readonly ratio: CellRatio | null;
  readonly slow: number;
  readonly launches: number;
  readonly figures: CaseFigures;
  readonly quality: Quality;
}

/** What a case shows that has none; `absent` is one that was not asked for. */
export interface EmptyCell {
  readonly state: 'unsupported' | 'failed' | 'not_run' | 'no_cost' | 'absent';
  /** Why there is no figure; null where nothing says so. */
  readonly reason: string | null;
}

/** What one case shows. */
export type Cell = FilledCell | EmptyCell;

/** Whether a cell has figures. */
export function isFilled(cell: Cell): cell is FilledCell {
  return cell.state === 'measured' || cell.state === 'folded';
}

/** One task and params; its cells stand in the order of the columns. */
export interface ReportRow {
  readonly name: string;
  readonly family: string;
  readonly cells: readonly Cell[];
}

/** A comparison, ready to be drawn. */
export interface ReportModel {
  readonly method: Document['method'];
  readonly groups: readonly ColumnGroup[];
  readonly rows: readonly ReportRow[];
  readonly notes: readonly Note[];
}

/** The model of a document's comparison table. */
export function reportModel(document: Document, by: Grouping = 'mechanism'): ReportModel {
  const groups = columnGroups(document.arms, by);
  const columns = groups.flatMap((group) => group.arms);
  const figures = new Map(document.derived.cases.map((item) => [keyOf(item), item]));
  const pairs = Map.groupBy(document.derived.pairs, (pair) => pair.case);
  const notes = new NoteList();
  const estimator = costEstimators[document.method];
  const rows = rowsOf(document).map((row): ReportRow => ({
    name: row.name,
    family: row.cases[0]!.case.task.split('.')[0]!,
    cells: columns.map((arm) => {
      const own = row.cases.find((item) => item.arm.label === arm.label);
      if (!own) return { state: 'absent', reason: null };
      const ratio = ratioToFirst(pairs.get(row.name) ?? [], row, arm.label, figures);
      return cellOf(
        own,
        figures.get(keyOf(own.case)),
        ratio,
        notes,
        floorOf(row, figures),
        estimator,
      );
    }),
  }));
  return { method: document.method, groups, rows, notes: notes.list() };
}

/** The cost of a row in machine code, without JavaScript; null where that was not measured. */
function floorOf(row: Row, figures: ReadonlyMap<string, CaseFigures>): number | null {
  const floor = row.cases.find(({ arm }) => arm.mechanism === floorMechanism);
  return floor === undefined ? null : figures.get(keyOf(floor.case))?.cost_ns?.value ?? null;
}

/** Arms in groups, both in the order in which they were named. */
export function columnGroups(arms: readonly Arm[], by: Grouping): ColumnGroup[] {
  const title = by === 'runtime'
    ? (arm: Arm) => `${arm.runtime} ${arm.version}`
    : (arm: Arm) => arm.mechanism;
  return [...Map.groupBy(arms, title)].map(([name, members]) => ({ title: name, arms: members }));
}

/** The ratio of an arm to the first arm of its row that takes part in ratios; null for that arm. */
export function ratioToFirst(
  pairs: readonly Pair[],
  row: Row,
  label: string,
  figures: ReadonlyMap<string, CaseFigures>,
): CellRatio | null {
  const first = row.cases.find((own) => !own.case.folded && figures.get(keyOf(own.case))?.cost_ns)
    ?.arm.label;
  const found = pairs.find((pair) => pair.arm === label && pair.base === first);
  if (first === undefined) return null;
  if (found) {
    const costsGive = found.costs_disagree ? found.of_costs : null;
    const { verdict, because } = found;
    return { base: first, value: found.ratio.value, verdict, because, costsGive };
  }
  const turned = pairs.find((pair) => pair.base === label && pair.arm === first);
  if (!turned || turned.ratio.value === 0) return null;
  const opposite: Readonly<Record<string, Verdict>> = { faster: 'slower', slower: 'faster' };
  const { verdict, because } = turned;
  const costsGive = turned.costs_disagree && turned.of_costs ? 1 / turned.of_costs : null;
  return {
    base: first,
    value: 1 / turned.ratio.value,
    verdict: opposite[verdict] ?? verdict,
    because,
    costsGive,
  };
}

/** Half the width of an interval over its value, or of the range where there is no interval. */
export function spreadOf(estimate: Estimate): Spread {
  const { value, low, high, min, max, launches } = estimate;
  const exact = low !== null && high !== null;
  const width = exact ? high - low : max - min;
  const share = launches === 1 ? null : value === 0 ? 0 : width / 2 / value;
  return { share, is: exact ? 'interval' : 'range' };
}

function cellOf(
  own: CaseLaunches,
  figures: Derived['cases'][number] | undefined,
  ratio: CellRatio | null,
  notes: NoteList,
  floorNs: number | null,
  estimator: Estimator,
): Cell {
  const { status, reason } = own.case;
  if (!figures?.cost_ns) {
    const state = status === 'measured' ? 'no_cost' : status;
    const told = reason ?? (figures && withoutCostText(figures));
    if (told) notes.add(told, `${own.case.case} ${own.arm.label}`);
    return { state, reason: told || null };
  }
  const spread = spreadOf(figures.cost_ns);
  return {
    state: own.case.folded ? 'folded' : 'measured',
    costNs: figures.cost_ns.value,
    spread,
    ratio,
    slow: figures.slow.count,
    launches: figures.cost_ns.launches,
    figures,
    quality: own.case.folded
      ? { name: 'good', words: [] }
      : qualityOf(own, figures, { floorNs, estimator, ratio, spread: spread.share }),
  };
}
