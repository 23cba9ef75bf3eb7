/** The table of a README: what a few things cost in each runtime's own interface, in markdown. */
import { withoutTwins } from '../analysis/arms.ts';
import { compareVersions } from '../analysis/summary.ts';
import type { Document } from '../results/schema.ts';
import { tableLine } from './markdown.ts';
import { spreadOf } from './model.ts';
import { runtimeTitle } from './words/arms.ts';
import { formatNs, formatSpread } from './words/numbers.ts';

/** The rows, in words; one that was not measured is left out. */
const rows: readonly (readonly [string, string])[] = [
  ['call.noop', 'an empty call'],
  ['call.i32_args[2]', 'two integers'],
  ['buffer.touch[64]', 'a buffer of 64 bytes'],
  ['string_in.encode_into[36]', 'a string of 36 bytes'],
  ['string_out.c_string[36]', 'a string back'],
  ['list_sum.refill[1000]', 'a list of 1,000 numbers, summed'],
  ['callback.sync[1000]', '1,000 calls back'],
];

/** Names of the cases in the rows: one of each job. */
export const fewCases: readonly string[] = rows.map(([name]) => name);

/** The table of a document, a column for the newest version of each runtime. */
export function renderFewLanes({ arms, derived }: Document): string {
  const ffi = withoutTwins(arms).filter(({ mechanism }) => mechanism === 'ffi');
  const columns = [...Map.groupBy(ffi, ({ runtime }) => runtime).values()].map((own) =>
    own.toSorted((a, b) => compareVersions(b.version, a.version))[0]!
  );
  const costOf = (name: string, label: string) =>
    derived.cases.find((item) => item.case === name && item.arm === label)?.cost_ns;
  const cell = (name: string, label: string) => {
    const cost = costOf(name, label);
    if (!cost) return '';
    return `${formatNs(cost.value)} ${formatSpread(spreadOf(cost)).replace('~', '\\~')}`.trimEnd();
  };
  return [
    tableLine(['', ...columns.map(runtimeTitle)]),
    tableLine(['---', ...columns.map(() => '--:')]),
    ...rows.filter(([name]) => columns.some(({ label }) => costOf(name, label)))
      .map(([name, words]) => tableLine([words, ...columns.map(({ label }) => cell(name, label))])),
  ].join('\n');
}
