/**
 * The numbered notes that stand under a table: why a cell has no figure, and what makes one that
 * has doubtful. One number per reason, however many cells share it.
 */
import type { CaseLaunches } from '../../analysis/rows.ts';
import type { CaseFigures } from '../../results/schema_derived.ts';
import { launchCost } from '../../analysis/launch_cost.ts';
import type { Estimator } from '../../stats/estimators.ts';
import { median, quantile } from '../../stats/quantiles.ts';
import { sustainedLimit, withoutCostText } from './launches.ts';
import { formatRatio } from './numbers.ts';
import { plainText } from '../plain_text.ts';

/** A numbered note, and the cells that bear its number. */
export interface Note {
  readonly number: number;
  readonly text: string;
  /** As `list_sum.refill[1000] deno.plain (1.4×)`; empty where the table says enough. */
  readonly cells: readonly string[];
}

/** Share of launches that are marked or not steady from which a reader is told. */
const doubtfulShare = 0.25;

/** Collects the notes of a table while its cells are made. */
export class NoteList {
  readonly #cells = new Map<string, string[]>();

  /** The number of a note, adding it where it is new. `cell` is listed behind it. */
  number(text: string, cell?: string): number {
    const plain = sentence(text);
    const cells = this.#cells.get(plain) ?? [];
    this.#cells.set(plain, cells);
    if (cell !== undefined) cells.push(cell);
    return [...this.#cells.keys()].indexOf(plain) + 1;
  }

  /** All notes in the order of their numbers. */
  list(): Note[] {
    return [...this.#cells].map(([text, cells], index) => ({ number: index + 1, text, cells }));
  }
}

/** Most cells that a note lists. */
const mostCells = 6;

/** The cells of a note as text, the first few by name; empty where there are none. */
export function cellsText({ cells }: Note): string {
  if (cells.length === 0) return '';
  const more = cells.length > mostCells ? ` and ${cells.length - mostCells} more` : '';
  return ` ${cells.slice(0, mostCells).join(', ')}${more}.`;
}

/** Text as a sentence: with a capital letter and a full stop. */
export function sentence(text: string): string {
  const plain = plainText(text);
  // A name of code keeps its spelling: "cc() is not there", "node:ffi lacks it".
  const isWord = /^[\p{L}'-]+(?:[,.]? |[.]?$)/u.test(plain);
  const capital = isWord ? plain.charAt(0).toUpperCase() + plain.slice(1) : plain;
  return /[.!?]$/.test(capital) ? capital : `${capital}.`;
}

/** The mechanism whose lane calls without JavaScript. */
export const floorMechanism = 'call';
/** Share of the floor below which a case is below it, and not beside it by chance. */
const belowFloor = 0.95;

/** Whether a case that crosses is faster than the same call in machine code. */
function isBelowFloor(own: CaseLaunches, figures: CaseFigures, floorNs: number | null): boolean {
  const crosses = own.done.some(({ measured }) => (measured?.crossings_per_call ?? 0) > 0);
  return floorNs !== null && crosses && (figures.cost_ns?.value ?? Infinity) < floorNs * belowFloor;
}

/** What notes look at besides the case. */
export interface NoteContext {
  /** Cost of the same call in machine code; null where that was not measured. */
  readonly floorNs: number | null;
  readonly estimator: Estimator;
  readonly ratio: { readonly value: number; readonly costsGive: number | null } | null;
}

/** Numbers of the notes on a case that has figures. */
export function honestyNotes(
  notes: NoteList,
  own: CaseLaunches,
  figures: CaseFigures,
  { floorNs, estimator, ratio }: NoteContext,
): number[] {
  const name = `${figures.case} ${figures.arm}`;
  const { done, not_done: notDone } = figures.launches;
  const share = (count: number) => `${name} (${count} of ${done})`;
  const numbers: number[] = [];
  if (own.arm.note !== undefined) numbers.push(notes.number(own.arm.note));
  if (isBelowFloor(own, figures, floorNs)) {
    numbers.push(notes.number(
      'Below what the same call costs from machine code here. The library counted the calls, so ' +
        'none was left out: the loop around the call costs less than that of the floor.',
      `${name} (${formatRatio(figures.cost_ns!.value / floorNs!)}×)`,
    ));
  }
  if (ratio !== null && ratio.costsGive !== null) {
    numbers.push(notes.number(
      'The costs divide to another ratio than the rounds give, outside of its interval: launches ' +
        'of a side have several modes. Read the ratio, which is of launches made side by side.',
      `${name} (×${formatRatio(ratio.costsGive)} by costs, ×${formatRatio(ratio.value)} by rounds)`,
    ));
  }
  const sustained = sustainedRatios(own, estimator);
  // In three of four launches: no mere disturbance.
  if (sustained.length > 0 && quantile(sustained, 0.25) > sustainedLimit) {
    numbers.push(notes.number(
      `Sustained is over ${sustainedLimit} times the cost (that of a busy core, where it is ` +
        'known): garbage collection, late recompiling or another program took the rest.',
      `${name} (${formatRatio(median(sustained))}×)`,
    ));
  }
  const without = withoutCostText(figures);
  if (without !== '') {
    numbers.push(notes.number(
      'Launches without a cost, which enter no figure: they had not settled when their time was ' +
        'over, or something else had the core all the while.',
      `${name} (${without})`,
    ));
  }
  if (figures.under_resolution) {
    numbers.push(notes.number(
      'At or under what the clock resolves here: read it as "about nothing".',
      name,
    ));
  }
  const { not_steady: notSteady, slowing } = figures.stability;
  if (notSteady + slowing > done * doubtfulShare) {
    numbers.push(notes.number(
      'Launches that never became steady, or became slower while measured.',
      share(notSteady + slowing),
    ));
  }
  const marked = own.done.filter((launch) => launch.marks.length > 0).length;
  if (marked > done * doubtfulShare) {
    const marks = [...new Set(own.done.flatMap((launch) => launch.marks))].join(', ');
    numbers.push(
      notes.number(
        `Launches made while the machine was disturbed (${marks}).`,
        share(marked),
      ),
    );
  }
  if (own.setAside.length > 0) {
    const marks = [...new Set(own.setAside.flatMap((launch) => launch.marks))].join(', ');
    numbers.push(notes.number(
      `Launches that were left out of the figures (${plainText(marks)}).`,
      `${name} (${own.setAside.length} of ${done + own.setAside.length})`,
    ));
  }
  if (notDone > 0) {
    const outcomes = [...new Set(own.notDone.map(({ outcome }) => outcome.replaceAll('_', ' ')))];
    numbers.push(notes.number(
      `Launches that did not finish (${outcomes.join(', ')}).`,
      `${name} (${notDone} of ${done + notDone})`,
    ));
  }
  return numbers.toSorted((a, b) => a - b);
}

/** Sustained over what a call takes, on a busy core too, of every launch that has a cost. */
function sustainedRatios({ done }: CaseLaunches, estimator: Estimator): number[] {
  return done.flatMap(({ measured }) => {
    const cost = launchCost(measured, estimator);
    const taken = typeof cost === 'number' ? Math.max(cost, measured.contended_ns ?? 0) : 0;
    return taken > 0 ? [measured.sustained_ns / taken] : [];
  });
}
