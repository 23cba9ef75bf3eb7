/** How sentences name runtimes, tasks and sizes. */
import type { Arm } from '../../results/schema.ts';
import { formatCount } from './numbers.ts';

/** A runtime as sentences name it: `Deno 2.9.6`. */
export function runtimeTitle({ runtime, version }: Pick<Arm, 'runtime' | 'version'>): string {
  return `${runtimeName(runtime)} ${version}`;
}

/** A runtime without its version: `Deno`. */
export function runtimeName(runtime: string): string {
  return runtime === 'cpython'
    ? 'CPython'
    : runtime === 'native'
    ? 'the floor'
    : `${runtime.charAt(0).toUpperCase()}${runtime.slice(1)}`;
}

/** A number of things: `1 element`, `36 bytes`; the word is given in the plural. */
export function countOf(count: number, plural: string): string {
  const word = count === 1 && plural.endsWith('s') ? plural.slice(0, -1) : plural;
  return `${formatCount(count)} ${word}`;
}

/** A variant as sentences show it: `36 bytes, charset bmp` of `bytes=36, charset=bmp`. */
export function variantText(variant: string): string {
  if (variant === '') return '';
  return variant.split(', ').map((part) => {
    const [name = '', value = ''] = part.split('=');
    return /^\d+$/.test(value) ? countOf(Number(value), name) : `${name} ${value}`;
  }).join(', ');
}

/** `a`, `a and b`, `a, b and c`. */
export function enumerated(parts: readonly string[]): string {
  return parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;
}
