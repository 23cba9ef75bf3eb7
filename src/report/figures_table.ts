/** A table of some figures in markdown: what a case costs in a lane, and its instructions. */
import { keyOf } from '../results/keys.ts';
import { InputError } from '../results/input_error.ts';
import type { Document } from '../results/schema.ts';
import { tableLine } from './markdown.ts';
import { freshBetween } from './marks.ts';
import { spreadOf } from './model.ts';
import { rangeText } from './words/instructions.ts';
import { formatNs, formatSpread } from './words/numbers.ts';

/** The table of `CASE@LANE` words, in their order. Throws InputError where one was not measured. */
export function renderFigures({ cases, derived }: Document, wanted: readonly string[]): string {
  const costs = new Map(derived.cases.map((item) => [keyOf(item), item.cost_ns]));
  return [
    tableLine(['case', 'lane', 'cost', 'instructions']),
    tableLine(['---', '---', '--:', '--:']),
    ...wanted.map((word) => {
      const [name = '', lane = ''] = word.split('@');
      const found = cases.find((item) => item.case === name && item.arm === lane);
      const cost = found && costs.get(keyOf(found));
      if (!found || !cost) throw new InputError(`The document has no cost of ${name} in ${lane}.`);
      const { instructions } = found;
      return tableLine([
        `\`${name}\``,
        lane,
        `${formatNs(cost.value)} ${formatSpread(spreadOf(cost)).replace('~', '\\~')}`.trimEnd(),
        instructions && instructions.reason === null
          ? rangeText(instructions.per_call)
          : 'not counted',
      ]);
    }),
  ].join('\n');
}

/** A page with fresh tables between `<!-- figures:start FILE CASE@LANE … -->` and its end. */
export function freshFigures(text: string, read: (file: string) => Document): string {
  return freshBetween(text, 'figures', (words) => {
    const [file = '', ...wanted] = words.split(' ');
    return renderFigures(read(file), wanted);
  });
}
