/**
 * The table of what each lane can do, in markdown: lanes that can the same share a column, and what
 * one cannot bears the number of its reason.
 */
import { freshBetween } from './marks.ts';

/** What a lane can do, by capability: true, or the reason why not. */
export interface LaneAbilities {
  readonly lane: string;
  readonly can: Readonly<Record<string, true | string>>;
}

/** The table and its notes. `words` says each capability in a sentence without an end. */
export function renderCapabilities(
  lanes: readonly LaneAbilities[],
  words: Readonly<Record<string, string>>,
): string {
  const columns = columnsOf(lanes);
  const reasons: string[] = [];
  const cell = (why: true | string) => {
    if (why === true) return '✓';
    if (!reasons.includes(why)) reasons.push(why);
    return `–<sup>${reasons.indexOf(why) + 1}</sup>`;
  };
  const rows = Object.entries(words).map(([name, sentence]) =>
    row([sentence, ...columns.map(({ can }) => cell(can[name] ?? true))])
  );
  return [
    row(['', ...columns.map(({ lane }) => lane)]),
    row(['---', ...columns.map(() => ':-:')]),
    ...rows,
    '',
    ...reasons.map((reason, i) => `${i + 1}. ${reason.replaceAll('|', '\\|')}`),
  ].join('\n');
}

/** A README with a fresh table between its marks. */
export function freshCapabilities(readme: string, table: string): string {
  return freshBetween(readme, 'capabilities', () => table);
}

/** One column for the lanes of a mechanism that can the same, in the order of the first. */
function columnsOf(lanes: readonly LaneAbilities[]): LaneAbilities[] {
  const groups = Map.groupBy(lanes, ({ lane, can }) => {
    const mechanism = lane.split('.')[1];
    return JSON.stringify([mechanism, Object.entries(can).sort()]);
  });
  return [...groups.values()].map((members) => ({
    lane: members.map(({ lane }) => lane).join('<br>'),
    can: members[0]!.can,
  }));
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}
