/**
 * What a lane looks like on every picture of a page: its colour says which runtime, its shape which
 * mechanism, so that no two lanes share both. Mechanisms of Python reuse the shapes of others.
 */
import type { Arm } from '../../results/schema.ts';

const colours = ['deno', 'bun', 'node', 'cpython', 'call'] as const;

/** Shapes of the plotting library, and the sign of each in text. */
const shapes: Readonly<Record<string, readonly [symbol: string, sign: string]>> = {
  ffi: ['circle', '●'],
  napi: ['square', '■'],
  wasm: ['triangle', '▲'],
  napi_cpp: ['wye', 'Y'],
  plain: ['diamond', '◆'],
  koffi: ['star', '★'],
  cc: ['cross', '✚'],
  ctypes: ['circle', '●'],
  cffi_abi: ['square', '■'],
  cffi_api: ['triangle', '▲'],
  cython: ['star', '★'],
  pyo3: ['cross', '✚'],
};
const otherShape = ['asterisk', '✳'] as const;

/** How a lane is drawn. `colour` is the number of a colour of the style. */
export interface Look {
  readonly colour: number;
  readonly symbol: string;
  readonly sign: string;
}

/** The look of a lane. */
export function lookOf({ runtime, mechanism }: Pick<Arm, 'runtime' | 'mechanism'>): Look {
  const place = colours.findIndex((name) => name === runtime);
  const [symbol, sign] = shapes[mechanism] ?? otherShape;
  return { colour: place < 0 ? colours.length : place, symbol, sign };
}

/** Places of mechanisms in pictures: the runtimes' own interface first, machine code last. */
const order = ['ffi', 'napi', 'napi_cpp', 'wasm', 'koffi', 'cc', 'plain'];

/** Sorts lanes by mechanism, ffi first. */
export function byMechanism(a: Pick<Arm, 'mechanism'>, b: Pick<Arm, 'mechanism'>): number {
  const place = ({ mechanism }: Pick<Arm, 'mechanism'>) => {
    const found = order.indexOf(mechanism);
    return found < 0 ? order.length : found;
  };
  return place(a) - place(b);
}
