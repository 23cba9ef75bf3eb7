/** What every native lane shares: the functions that its runtime returned, by symbol and form. */
import type { BindingRequest, CallOf, Form } from '../src/catalogue/lane.ts';
import { exportedName, type SymbolName } from '../src/catalogue/signatures.ts';
import { forms } from './forms.ts';

// What a runtime returns for a symbol; its type is the table's, given by `call`.
// deno-lint-ignore no-explicit-any
type NativeFunction = (...args: any[]) => any;

/** One opening of a library: the runtime's own object of symbols, and how to close it. */
export interface Opened {
  readonly symbols: Readonly<Record<string, NativeFunction>>;
  close(): void;
}

/** The requested symbols in groups of one form each: a library is opened once per form. */
function byForm(requests: readonly BindingRequest[]): Map<Form, Set<SymbolName>> {
  const groups = new Map<Form, Set<SymbolName>>();
  for (const { symbol, form } of requests) {
    const group = groups.get(form) ?? new Set();
    groups.set(form, group.add(symbol));
  }
  return groups;
}

/** Opens the library once per form and finds functions in what came back. */
export function bind(
  requests: readonly BindingRequest[],
  open: (form: Form, symbols: readonly SymbolName[]) => Opened,
) {
  const opened = new Map<Form, Opened>();
  for (const [form, symbols] of byForm(requests)) opened.set(form, open(form, [...symbols]));
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

/** The exported names of symbols, each with its definition in the runtime's own words. */
export function definitions<D>(symbols: readonly SymbolName[], define: (symbol: SymbolName) => D) {
  return Object.fromEntries(symbols.map((symbol) => [exportedName(symbol), define(symbol)]));
}
