/** Instructions in words: how many, and in whose code. */
import type { InstructionChange } from '../../analysis/instruction_change.ts';
import type { Instructions } from '../../results/schema.ts';
import { plainText } from '../plain_text.ts';

type Part = Pick<Instructions['regions'][number], 'region' | 'file'>;

/** Whose code a region is, in a sentence about an arm of that runtime. */
function ownerOf({ region, file }: Part, runtime: string): string {
  switch (region) {
    case 'generated':
      return 'generated code';
    case 'glue':
      return 'glue';
    case 'runtime':
      return `${runtime}'s own code`;
    case 'builtins':
      return `${runtime}'s built-ins`;
    case 'library':
      return 'the library';
    case 'other':
      return file ?? 'elsewhere';
  }
}

/** A count with at most two decimals: `49`, `6.5`. */
export function countText(count: number): string {
  return (Math.round(count * 100) / 100).toLocaleString('en', { maximumFractionDigits: 2 });
}

/** `199`, or `507 to 509` where stretches did not agree. */
export function rangeText({ low, high }: { readonly low: number; readonly high: number }): string {
  return low === high ? countText(low) : `${countText(low)} to ${countText(high)}`;
}

/** `199 instructions: 121 in Deno's own code, 76 in generated code, 2 in the library`. */
export function instructionsText(counted: Instructions, runtime: string): string {
  if (counted.reason !== null) return plainText(`not counted: ${counted.reason}`);
  const parts = counted.regions.map((part) => `${rangeText(part)} in ${ownerOf(part, runtime)}`);
  return plainText(`${rangeText(counted.per_call)} instructions: ${parts.join(', ')}`);
}

/** `80 → 187 instructions, +117 in Deno's own code, -9 in generated code`. */
export function instructionChangeText(change: InstructionChange, runtime: string): string {
  if (change.verdict === 'equal') return `${countText(change.new.low)} instructions, as before`;
  const parts = change.moved.slice(0, mostParts).map((part) =>
    `${part.by > 0 ? '+' : ''}${countText(part.by)} in ${ownerOf(part, runtime)}`
  );
  const [old, fresh] = [rangeText(change.old), rangeText(change.new)];
  return plainText([`${old} → ${fresh} instructions`, ...parts].join(', '));
}

/** Places of a change that are named; those that follow moved least. */
const mostParts = 4;
