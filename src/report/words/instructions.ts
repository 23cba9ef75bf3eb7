/** Instructions in words: how many, and in whose code. */
import type { Instructions } from '../../results/schema.ts';
import { plainText } from '../plain_text.ts';

type Part = Instructions['regions'][number];

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
export function changeOfInstructions(
  old: Instructions,
  fresh: Instructions,
  runtime: string,
): string {
  const key = ({ region, file }: Part) => `${region} ${region === 'library' ? '' : file ?? ''}`;
  const before = new Map(old.regions.map((part) => [key(part), part]));
  const after = new Map(fresh.regions.map((part) => [key(part), part]));
  const moved = [...new Set([...before.keys(), ...after.keys()])].flatMap((name) => {
    const part = (after.get(name) ?? before.get(name))!;
    const by = (after.get(name)?.high ?? 0) - (before.get(name)?.high ?? 0);
    return by === 0 ? [] : [{ by, where: ownerOf(part, runtime) }];
  }).sort((a, b) => Math.abs(b.by) - Math.abs(a.by));
  const parts = moved.map(({ by, where }) => `${by > 0 ? '+' : ''}${countText(by)} in ${where}`);
  const [a, b] = [rangeText(old.per_call), rangeText(fresh.per_call)];
  return plainText([`${a} → ${b} instructions`, ...parts].join(', '));
}
