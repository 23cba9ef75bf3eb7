/**
 * The table of what each lane can do, in markdown: lanes that can the same share a column, and what
 * one cannot bears the number of its reason.
 */
import { InputError } from '../results/input_error.ts';

/** What a lane can do, by capability: true, or the reason why not. */
export interface LaneAbilities {
  readonly lane: string;
  readonly can: Readonly<Record<string, true | string>>;
}

const startMark = '<!-- capabilities:start -->';
const endMark = '<!-- capabilities:end -->';
/** The formatter would lay the table out in its own way, which is not what is compared. */
const unformatted = ['<!-- deno-fmt-ignore-start -->', '<!-- deno-fmt-ignore-end -->'] as const;

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

/** A README with a fresh table. Throws InputError where its marks do not match. */
export function freshCapabilities(readme: string, table: string): string {
  const lines = readme.split('\n');
  const start = lines.indexOf(startMark);
  const end = lines.indexOf(endMark);
  if (start < 0 && end < 0) return readme;
  if (start < 0 || end < start) {
    throw new InputError(`README.md must have ${startMark} on a line before ${endMark}.`);
  }
  const fresh = ['', unformatted[0], '', ...table.split('\n'), '', unformatted[1], ''];
  return [...lines.slice(0, start + 1), ...fresh, ...lines.slice(end)].join('\n');
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
