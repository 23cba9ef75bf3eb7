/** Two runs compared, in words: the change of each case, what explains it, and what is refused. */
import type {
  CaseName,
  Change,
  ChangeReason,
  Comparison,
  CountedChange,
} from '../../analysis/comparison.ts';
import type { Difference, Refusal } from '../../analysis/comparable.ts';
import { plainText } from '../plain_text.ts';
import { countOf, runtimeName } from './arms.ts';
import { formatPercent } from './numbers.ts';
import { instructionChangeText } from './instructions.ts';

const reasons: Readonly<Record<ChangeReason, string>> = {
  control: 'a control: binary and library are the same in both runs',
  launches_too_few: 'not tested: too few launches',
  launches_overlap: 'the launches overlap',
  not_after_correction: 'among so many cases this one may be chance',
  within_noise_floor: 'within the noise floor',
};

/** Why a change has no verdict; empty where it has one. */
export function changeReason({ because }: Change): string {
  return because === null ? '' : reasons[because];
}

/** What the instructions of a case did: `49 → 61 instructions, +12 in generated code`. */
export function countedText({ instructions, arm }: CountedChange): string {
  return instructionChangeText(instructions, titleOf(arm));
}

/** `Deno` for `deno.ffi`; an arm's own label may name no runtime. */
function titleOf(arm: string): string {
  const name = arm.split(/[.@-]/)[0]!;
  return ['deno', 'bun', 'node', 'cpython'].includes(name) ? runtimeName(name) : 'the runtime';
}

/** A ratio as a change: `+5%`, `-0.4%`; as a factor from 3 up and from a third down. */
export function changeText(ratio: number): string {
  if (ratio >= 3) return `×${factor(ratio)}`;
  if (ratio > 0 && ratio <= 1 / 3) return `÷${factor(1 / ratio)}`;
  const share = Math.abs(ratio - 1);
  return `${ratio < 1 ? '-' : '+'}${formatPercent(share)}`;
}

function factor(ratio: number): string {
  return ratio >= 100 ? Math.round(ratio).toLocaleString('en') : ratio.toPrecision(3);
}

/** `first → second: 1 slower, 2 faster, 3 not resolved, 4 not tested`. */
export function summarySentence({ changes, old_id, new_id }: Comparison): string {
  const count = (verdict: Change['verdict']) =>
    changes.filter((change) => change.verdict === verdict).length;
  return plainText(
    `${old_id} → ${new_id}: ${count('slower')} slower, ${count('faster')} faster, ` +
      `${count('not_resolved')} not resolved, ${count('not_tested')} not tested`,
  );
}

/** Everything that a reader of the changes must know. */
export function remarkSentences(comparison: Comparison): string[] {
  const { differs, added, gone, not_comparable: refused } = comparison;
  const refusals = Map.groupBy(refused, ({ reason }) => refusalSentence(reason));
  return [
    'Two runs at different times: unpaired, by rank sums. The verdicts are corrected together so ' +
    'that about 5 % of those given may be false; the correction holds for independent cases, ' +
    'which cases of one machine are not quite. A machine that was slower as a whole looks like a ' +
    'change of everything.',
    floorSentence(comparison),
    ...instructionsSentence(comparison),
    ...differs.map(differenceSentence),
    ...[...refusals].map(([reason, names]) => `Not comparable: ${reason} ${listed(names)}.`),
    ...(added.length > 0 ? [`New: ${listed(added)}.`] : []),
    ...(gone.length > 0 ? [`Gone: ${listed(gone)}.`] : []),
  ];
}

const mostListed = 6;

function listed(names: readonly CaseName[]): string {
  const first = names.slice(0, mostListed).map((name) => `${name.case} ${name.arm}`).join(', ');
  return names.length > mostListed ? `${first} and ${names.length - mostListed} more` : first;
}

/** How many counts are as before, where any was made. */
function instructionsSentence({ counted }: Comparison): string[] {
  if (counted.length === 0) return [];
  const of = (verdict: CountedChange['instructions']['verdict']) =>
    counted.filter(({ instructions }) => instructions.verdict === verdict).length;
  return [
    `Instructions: ${of('equal')} cases as before, ${of('more')} more, ${of('fewer')} fewer, ` +
    `${of('not_exact')} not known exactly.`,
  ];
}

/** `Differs: deno.ffi version: was 2.9.5, is 2.9.6.` */
export function differenceSentence({ what, arm, old, new: fresh }: Difference): string {
  const name = arm === null ? what : `${arm} ${what}`;
  return `Differs: ${name}: was ${old || 'unknown'}, is ${fresh || 'unknown'}.`;
}

const refusals: Readonly<Record<Refusal['code'], string>> = {
  other_machine: 'another machine',
  other_method: 'costs of another method',
  other_lane: 'another lane',
  other_timing: 'timed in another way',
  folded: 'optimised away, not a measurement',
  other_library: 'another library, by its sha256',
  not_measured_before: 'not measured in the old run',
  not_measured_now: 'not measured in the new run',
};

/** `Another machine: cores was 2, is 4.` */
export function refusalSentence({ code, what, old, new: fresh }: Refusal): string {
  const text = refusals[code];
  const start = text.charAt(0).toUpperCase() + text.slice(1);
  if (code === 'folded') return `${start}.`;
  const words = { not_measured_before: old, not_measured_now: fresh }[code as string];
  return words === undefined
    ? `${start}: ${what} was ${old}, is ${fresh}.`
    : `${start} (${words.replaceAll('_', ' ')}).`;
}

/** The noise floor, and which of its two sources it is from. */
function floorSentence({ noise_floor: floor, noise_between: between }: Comparison): string {
  if (floor <= 1) return 'Neither run has A/A arms: there is no noise floor.';
  return between !== null && between.ratio >= floor
    ? `Noise floor: ${changeText(floor)}, from what ${between.cases} cases moved by whose binary ` +
      'and library are the same in both runs.'
    : `Noise floor: ${changeText(floor)}, from A/A arms.`;
}

/** `1 case executes over 1% more instructions: call.noop deno.ffi (41 → 53 …)` */
export function moreInstructionsSentence(more: readonly CountedChange[], limit: number): string {
  const names = more.slice(0, mostListed).map((change) =>
    `${change.case} ${change.arm} (${countedText(change)})`
  ).join('; ');
  const rest = more.length > mostListed ? `; and ${more.length - mostListed} more` : '';
  return `${countOf(more.length, 'cases')} ${more.length === 1 ? 'executes' : 'execute'} over ${
    limit === 0 ? '0%' : formatPercent(limit)
  } more instructions: ` +
    `${plainText(`${names}${rest}.`)}`;
}

/** `2 cases are slower by more than 5%: call.noop deno.ffi (+25%), …` */
export function regressionSentence(slower: readonly Change[], limit: number): string {
  const worst = slower.toSorted((a, b) => b.ratio.value - a.ratio.value).slice(0, mostListed);
  const names = worst.map(({ case: name, arm, ratio }) =>
    `${name} ${arm} (${changeText(ratio.value)})`
  ).join(', ');
  const more = slower.length > worst.length ? ` and ${slower.length - worst.length} more` : '';
  return `${countOf(slower.length, 'cases')} ${
    slower.length === 1 ? 'is' : 'are'
  } slower by more ` +
    `than ${limit === 0 ? '0%' : formatPercent(limit)}: ${plainText(`${names}${more}.`)}`;
}
