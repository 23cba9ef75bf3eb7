/** What every native lane shares: the functions that its runtime returned, by symbol and form. */
import type { BindingRequest, CallOf, ForeignRequest, Form } from '../src/catalogue/lane.ts';
import { exportedName, signatures, type SymbolName } from '../src/catalogue/signatures.ts';
import type { Signature } from '../src/catalogue/words.ts';
import { forms } from './forms.ts';

// What a runtime returns for a symbol; its type is the table's, given by `call`.
// deno-lint-ignore no-explicit-any
type NativeFunction = (...args: any[]) => any;

/** One opening of a library: the runtime's own object of symbols, and how to close it. */
export interface Opened {
  readonly symbols: Readonly<Record<string, NativeFunction>>;
  close(): void;
}

/** Functions of a library by the names that it exports them under. */
export type Functions = ReadonlyMap<string, Signature>;

/** What a lane is asked for: functions of the table, or of another library. */
export type Requests = readonly (BindingRequest | ForeignRequest)[];

/** The requested functions in groups of one form each: a library is opened once per form. */
function byForm(requests: Requests): Map<Form, Map<string, Signature>> {
  const groups = new Map<Form, Map<string, Signature>>();
  for (const request of requests) {
    const form = 'form' in request ? request.form : 'plain';
    const group = groups.get(form) ?? new Map();
    groups.set(form, group);
    if ('symbol' in request) {
      const signature = signatures[request.symbol];
      group.set(
        exportedName(request.symbol),
        form === 'pointer' ? withPointers(signature) : signature,
      );
    } else group.set(request.exported, request.signature);
  }
  return groups;
}

/** The signature with addresses in place of buffers. */
function withPointers({ args, result }: Signature): Signature {
  const isBuffer = (word: Signature['result']) => typeof word === 'object' && 'buffer' in word;
  return { args: args.map((word) => isBuffer(word) ? 'pointer' : word), result };
}

/** Opens the library once per form and finds functions in what came back. */
export function bind(
  requests: Requests,
  open: (form: Form, functions: Functions) => Opened,
) {
  const opened = new Map<Form, Opened>();
  for (const [form, functions] of byForm(requests)) {
    opened.set(form, open(form, functions));
  }
  const find = (symbol: SymbolName, form: Form): NativeFunction => {
    const found = opened.get(form)?.symbols[exportedName(symbol)];
    if (found === undefined) {
      throw new Error(`The task calls ${symbol} (${form}) but did not ask for it in "binds".`);
    }
    return found;
  };
  return {
    call: <N extends SymbolName>(symbol: N) => find(symbol, 'plain') as unknown as CallOf<N>,
    callAs: <F>(symbol: SymbolName, form: Form) => find(symbol, form) as unknown as F,
    symbols: opened.get('plain')?.symbols ?? {},
    forms,
    close: () => opened.forEach((one) => one.close()),
  };
}

/** The exported names of functions, each with its definition in the runtime's own words. */
export function definitions<D>(
  functions: Functions,
  define: (signature: Signature, exported: string) => D,
) {
  return Object.fromEntries(
    [...functions].map(([exported, signature]) => [exported, define(signature, exported)]),
  );
}
