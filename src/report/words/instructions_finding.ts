/** The section on instructions: where each call spends them, what each type adds, how they grow. */
import type { Document } from '../../results/schema.ts';
import type { InstructionModel, InstructionPrice } from '../../results/schema_conclusions.ts';
import { runtimeName } from './arms.ts';
import type { Finding, Grid } from './finding.ts';
import { countText, instructionsText } from './instructions.ts';
import { formatPercent } from './numbers.ts';

/** The section; empty where nothing was counted. */
export function instructionsFinding(document: Document): Finding {
  const counted = document.cases.filter(({ instructions }) => instructions !== null);
  const names = new Map(
    document.arms.map(({ label, runtime }) => [label, runtimeName(runtime)]),
  );
  return {
    title: 'Instructions',
    says: 'Instructions of one call, counted one by one, by whose code they are; exact where one ' +
      'figure stands. They repeat on any machine of this kind, and they are no time.',
    groups: [...Map.groupBy(counted, (item) => item.case)].map(([title, items]) => ({
      title,
      sentences: items.map((item) =>
        `${item.arm}: ${instructionsText(item.instructions!, names.get(item.arm)!)}`
      ),
    })),
    grids: [
      ...priceGrid(document.derived.instruction_prices),
      ...modelGrid(document.derived.instruction_models),
    ],
  };
}

/** Arms down, so that any number of them has room. */
function priceGrid(prices: readonly InstructionPrice[]): Grid[] {
  if (prices.length === 0) return [];
  return [{
    head: ['case', 'arm', 'adds to an empty call', 'of'],
    rows: prices.map(({ case: name, arm, adds, instructions }) => [
      name,
      arm,
      `${adds < 0 ? '−' : '+'}${countText(Math.abs(adds))}`,
      countText(instructions),
    ]),
  }];
}

function modelGrid(models: readonly InstructionModel[]): Grid[] {
  if (models.length === 0) return [];
  return [{
    head: ['task', 'arm', 'per call', 'per unit', 'unit', 'off by'],
    rows: models.map(({ task, variant, arm, fixed, per_unit, size_param, off_by }) => [
      variant === '' ? task : `${task} (${variant})`,
      arm,
      countText(fixed),
      countText(per_unit),
      size_param,
      formatPercent(off_by),
    ]),
  }];
}
