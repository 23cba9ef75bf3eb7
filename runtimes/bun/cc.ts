/**
 * Lane `bun.cc`: `cc` of `bun:ffi`, which compiles a C shim of the small kernels when it is opened.
 * What the worker itself asks of a library (its manifest, the chain of adds) comes from the
 * library.
 */
import { cc, ptr } from 'bun:ffi';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Form, Lane, OpenLane } from '../../src/catalogue/lane.ts';
import { type SymbolName, symbolPrefix } from '../../src/catalogue/signatures.ts';
import { bind, definitions, type Functions, type Opened } from '../bound.ts';
import { capabilitiesOf, laneRow } from '../lanes.ts';
import ffi, { define, open as openLibrary } from './ffi.ts';
import { shimSource, shimSymbols } from './shim.ts';

/** Calls of all shims of this process; C counts them here. */
const calls = new BigUint64Array(1);

/** Answers how many kernel calls were made, in place of the library's own counter. */
const countCalls = () => Number(calls[0]);

function symbolOf(exported: string): SymbolName {
  return exported.slice(symbolPrefix.length) as SymbolName;
}

const noFunctions: Opened = { symbols: {}, close: () => {} };

/** Compiles those functions of the shim; the source is a file only while that takes. */
function compile(form: Form, functions: Functions): Opened {
  if (functions.size === 0) return noFunctions;
  const folder = mkdtempSync(join(tmpdir(), 'ffi-bench-cc-'));
  try {
    const source = join(folder, 'shim.c');
    writeFileSync(source, shimSource([...functions.keys()].map(symbolOf), ptr(calls)));
    const symbols = definitions(functions, (one) => define(one, form));
    return cc({ source, symbols }) as unknown as Opened;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Functions of the library itself; `dlopen` takes no empty list. */
function openRest(library: string, form: Form, functions: Functions): Opened {
  return functions.size === 0 ? noFunctions : openLibrary(library, form, functions);
}

function open(library: string, form: Form, functions: Functions): Opened {
  const isOwn = (exported: string) => shimSymbols.includes(symbolOf(exported));
  const some = (own: boolean): Functions =>
    new Map([...functions].filter(([exported]) => isOwn(exported) === own));
  const shim = compile(form, some(true));
  const rest = openRest(library, form, some(false));
  return {
    symbols: { ...rest.symbols, [`${symbolPrefix}calls`]: countCalls, ...shim.symbols },
    close() {
      shim.close();
      rest.close();
    },
  };
}

const capabilities = capabilitiesOf(laneRow('bun.cc'));

const lane: Lane = {
  capabilities,
  open(library, requests): OpenLane {
    const bound = bind(requests, (form, functions) => open(library, form, functions));
    return { ...ffi.open(library, []), ...bound, capabilities };
  },
};

export default lane;
