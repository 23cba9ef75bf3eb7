// What the probes share that try what a lane declares not to be able to do.
import type { Capability, Lane } from '../../../src/catalogue/lane.ts';
import type { SymbolName } from '../../../src/catalogue/signatures.ts';
import type { Probe } from './run.ts';

/** Tries what a lane says that it cannot do. */
export type Refusals = Readonly<Partial<Record<Capability, Probe>>>;

/**
 * A runtime's own `dlopen`, to be given definitions that its types do not allow; its functions are
 * a property of that name.
 */
export type AnyDlopen<Property extends string> = (
  library: string,
  definitions: Readonly<Record<string, object>>,
) => Readonly<Record<Property, Readonly<Record<string, (...args: unknown[]) => unknown>>>>;

/** Whether something throws: the answer, and the first line of what was thrown. */
export function throws(attempt: () => unknown): { got: boolean; said: string } {
  try {
    return { got: false, said: String(attempt()) };
  } catch (error) {
    return { got: true, said: String(error).split('\n')[0]! };
  }
}

/** A probe of something that must throw. */
export function refused(attempt: (library: string) => unknown): Probe {
  return (_lane, library) => {
    const { got, said } = throws(() => attempt(library));
    return [{ what: `it throws (${said})`, got, want: true }];
  };
}

/** A function of the table with any arguments. */
export function openCall(lane: Lane, library: string, symbol: SymbolName) {
  type Call = (...args: unknown[]) => unknown;
  return lane.open(library, [{ symbol, form: 'plain' }]).call(symbol) as Call;
}

/** A probe of a function of the table that must throw with these arguments. */
export function refusedCall(symbol: SymbolName, ...args: unknown[]): Probe {
  return (lane, library) => {
    const { got, said } = throws(() => openCall(lane, library, symbol)(...args));
    return [{ what: `it throws (${said})`, got, want: true }];
  };
}

/** A probe of a lane that tells no address of a buffer. */
export const noAddress: Probe = (lane, library) => {
  const { addressOf } = lane.open(library, []);
  const { got, said } = throws(() => addressOf(new Uint8Array(8)));
  return [{ what: `it throws (${said})`, got, want: true }];
};

/** A probe of a lane that gives even a small integer of 64 bits as a BigInt. */
export const onlyBigInt: Probe = (lane, library) => {
  const answer = openCall(lane, library, 'id_u64')(5n);
  return [{ what: 'the type of a small answer', got: typeof answer, want: 'bigint' }];
};

/** A probe of a call whose answer must not be a promise, though one was asked for. */
export function notPromised(call: (library: string) => unknown): Probe {
  return (_lane, library) => {
    const answer = call(library);
    return [
      { what: 'it returns a promise', got: answer instanceof Promise, want: false },
      { what: 'it answers at once', got: Number(answer), want: 5 },
    ];
  };
}

/** A probe of a lane that has no function for errno, nor has the runtime's own module. */
export function noErrno(own: object): Probe {
  return (lane, library) => [
    { what: 'the lane reads errno', got: 'errno' in lane.open(library, []), want: false },
    {
      what: 'functions of the runtime that are called like it',
      got: Object.keys(own).filter((name) => /errno|last_?error/i.test(name)).join(),
      want: '',
    },
  ];
}

/** A probe of a lane that makes no objects in native code. */
export const noObjects: Probe = (lane, library) => [
  { what: 'the lane makes objects', got: 'objects' in lane.open(library, []), want: false },
];
