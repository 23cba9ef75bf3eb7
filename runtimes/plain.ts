/** The plain lanes: the same tasks with kernels in JavaScript, the same in every runtime. */
import type { CallOf, CStringResult, FunctionRef, Lane, Pointer } from '../src/catalogue/lane.ts';
import { kernels } from '../src/catalogue/kernels.ts';
import type { SymbolName } from '../src/catalogue/signatures.ts';
import { builtins } from './builtins.ts';
import { forms } from './forms.ts';
import { capabilitiesOf, laneRow } from './lanes.ts';

// The same in every runtime; the registry says it once.
const capabilities = capabilitiesOf(laneRow('node.plain'));

function kernel(symbol: SymbolName) {
  const found = kernels[symbol];
  if (found === undefined) throw new Error(`There is no kernel ${symbol} in plain JavaScript.`);
  return found;
}

function never(): never {
  throw new Error('plain JavaScript crosses no boundary');
}

const lane: Lane = {
  capabilities,
  open: () => ({
    capabilities,
    call: <N extends SymbolName>(symbol: N) => kernel(symbol) as unknown as CallOf<N>,
    callAs: <F>(symbol: SymbolName) => kernel(symbol) as unknown as F,
    symbols: { ffib_i32_args_2: kernels.i32_args_2! },
    readCString: (result: CStringResult) => result as unknown as string,
    forms,
    builtins,
    bool: (value) => value,
    samePointer: (a, b) => a === b,
    pointerAt: never,
    addressOf: (buffer) => buffer as unknown as Pointer,
    numbersAt: never,
    functionAt: never,
    callback: (_word, fn) => ({ ref: fn as unknown as FunctionRef, close: () => {} }),
    close: () => {},
  }),
};

export default lane;
