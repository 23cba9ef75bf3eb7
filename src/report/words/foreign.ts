/**
 * What of the cost of a function of another library is the crossing: beside the same signature
 * doing nothing, and beside call.noop. And how it compares with JavaScript that does the same.
 */
import type { Document } from '../../results/schema.ts';
import type { CaseFigures, Estimate, Pair } from '../../results/schema_derived.ts';
import { formatNs } from './numbers.ts';
import { breakEvenSentence, growthText } from './sweeps.ts';
import { timesText } from './verdicts.ts';

const own = 'foreign.';
const empty = 'empty.';
const noop = 'call.noop';

/** What there is to say of functions of other libraries, under titles; empty where none was run. */
export function foreignSentences(document: Document) {
  const breakEvens = document.derived.break_even.filter(({ task }) => task.startsWith(own));
  const sizes = breakEvens.map((one) => breakEvenSentence(inBytes(document, one)));
  const against = [...againstSentences(document), ...sizes];
  return [
    { title: 'What of it is the crossing', sentences: crossingSentences(document) },
    { title: 'What it depends on', sentences: modelSentences(document) },
    { title: 'Against JavaScript', sentences: against },
  ].filter(({ sentences }) => sentences.length > 0);
}

/** Sentences on every function of another library, arm by arm; empty where a run has none. */
export function crossingSentences({ cases, derived }: Document): string[] {
  const figures = new Map(derived.cases.map((one) => [`${one.case}\n${one.arm}`, one]));
  const costOf = (name: string, arm: string) => figures.get(`${name}\n${arm}`)?.cost_ns;
  const shown = ends(cases.filter(({ task }) => task.startsWith(own)));
  return shown.flatMap(({ case: name, task, arm }) => {
    const found = figures.get(`${name}\n${arm}`);
    const cost = found?.cost_ns;
    if (found === undefined || cost == null || !crosses(found)) return [];
    const nothing = costOf(`${empty}${task.slice(own.length)}`, arm);
    const least = costOf(noop, arm);
    if (nothing != null && isMet(nothing, cost)) {
      return [
        `${name} in ${arm} takes ${formatNs(cost.value)}, which is not told apart from the same ` +
        `signature doing nothing (${formatNs(nothing.value)}): the crossing is all that is seen.`,
      ];
    }
    const parts = [
      nothing == null ? null : `the same signature doing nothing ${formatNs(nothing.value)} ` +
        `(${shareOf(nothing.value, cost.value)})`,
      least == null ? null : noopText(least.value, cost.value, found.crossings_per_call ?? 1),
    ].filter((part) => part !== null);
    if (parts.length === 0) return [];
    return [`${name} in ${arm} takes ${formatNs(cost.value)}: ${parts.join(', ')}.`];
  });
}

/** Whether a function costs no more than doing nothing, as far as their intervals tell. */
function isMet(nothing: Estimate, cost: Estimate): boolean {
  return (nothing.high ?? nothing.max) >= (cost.low ?? cost.min);
}

/** What was found of a sweep, its size in bytes where it is a buffer's. */
function inBytes<T extends { readonly task: string; readonly size_param: string }>(
  { provenance }: Document,
  found: T,
): T {
  const symbol = found.task.slice(own.length);
  const said = [provenance.selection.arguments ?? []].flat().map(String);
  const isBuffer = said.some((one) =>
    one.startsWith(`${symbol}: `) && one.includes(`${found.size_param}=bytes:`)
  );
  return isBuffer ? { ...found, size_param: 'bytes' } : found;
}

/** Of a sweep the smallest and the largest size, of anything else each case. */
function ends(cases: Document['cases']): Document['cases'] {
  const groups = Map.groupBy(cases, ({ task, arm }) => `${task}\n${arm}`);
  return [...groups.values()].flatMap((group) => {
    const { sweep } = group[0]!;
    if (sweep === undefined || group.length < 2) return group;
    const sorted = group.toSorted((a, b) => Number(a.params[sweep]) - Number(b.params[sweep]));
    return [sorted[0]!, sorted.at(-1)!];
  });
}

function crosses({ crossings_per_call: crossings }: CaseFigures): boolean {
  return crossings !== 0;
}

function noopText(least: number, cost: number, crossings: number): string {
  return crossings === 1
    ? `call.noop ${formatNs(least)} (${shareOf(least, cost)})`
    : `its ${crossings} crossings, as call.noop, ${formatNs(least * crossings)} ` +
      `(${shareOf(least * crossings, cost)})`;
}

/** A share of the cost, as far as the figures can say it. */
function shareOf(part: number, cost: number): string {
  const percent = part / cost * 100;
  if (percent >= 97) return 'all of it, as far as this run can tell';
  return percent < 1 ? 'under 1 % of it' : `${percent.toFixed(0)} % of it`;
}

/** Sentences on what was compared with JavaScript without being swept. */
export function againstSentences({ cases, arms, derived }: Document): string[] {
  const swept = new Set(cases.filter(({ sweep }) => sweep !== undefined).map((one) => one.case));
  const isPlain = (label: string) => arms.find((arm) => arm.label === label)?.mechanism === 'plain';
  return derived.pairs
    .filter(({ case: name, arm, base }) =>
      name.startsWith(own) && !swept.has(name) && isPlain(base) && !isPlain(arm)
    )
    .map(sentenceOf);
}

function sentenceOf({ case: name, arm, base, ratio, verdict }: Pair): string {
  const start = `${name} in ${arm}`;
  if (verdict === 'not_tested') return `${start} against ${base}: which is faster is not tested.`;
  if (verdict === 'not_resolved') return `${start} is not told apart from ${base}.`;
  const times = timesText(1 / ratio.value, verdict, {
    faster: 'faster',
    slower: 'slower',
    same: 'as fast',
  });
  return `${start} is ${times} than the JavaScript in ${base}.`;
}

/** How the cost of every function that was swept grows. */
export function modelSentences(document: Document): string[] {
  return document.derived.cost_models.filter(({ task }) => task.startsWith(own)).map((model) => {
    const said = growthText(inBytes(document, model));
    return `${model.task} in ${model.arm} ${said.replace('each unit of bytes', 'each byte')}.`;
  });
}
