// A library is refused unless its manifest and the signature table say the same, in both
// directions, and the refusal names the function that differs.
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { exportedName, signatures, type SymbolName } from '../../src/catalogue/signatures.ts';
import type { Signature } from '../../src/catalogue/words.ts';
import { type Manifest, readManifest, whyRefused } from '../../src/worker/manifest.ts';
import nodeLane from '../../runtimes/node/ffi.ts';
import { readTools } from '../../src/boot/tools.mjs';

let manifest: Manifest;
before(() => {
  const open = nodeLane.open(readTools().library, [{ symbol: 'manifest', form: 'plain' }]);
  manifest = readManifest(open);
  open.close();
});

/** The manifest with other functions. */
function withSymbols(change: (symbols: Record<string, Signature>) => void): Manifest {
  const symbols: Record<string, Signature> = structuredClone(manifest.symbols);
  change(symbols);
  return { ...manifest, symbols };
}

function refusalOf(change: (symbols: Record<string, Signature>) => void): string {
  const reason = whyRefused(withSymbols(change));
  assert.ok(reason !== null, 'the library was taken');
  return reason;
}

test('the library as it is built is taken', () => {
  assert.equal(whyRefused(manifest), null);
});

test('the manifest lists the functions of the table and no other', () => {
  assert.deepEqual(Object.keys(manifest.symbols).sort(), Object.keys(signatures).sort());
});

/** What a function may become, so that it is no longer the table's. */
const changes: readonly ((symbols: Record<string, Signature>, name: SymbolName) => void)[] = [
  (symbols, name) => delete symbols[name],
  (symbols, name) => {
    const { args, result } = symbols[name]!;
    symbols[name] = { args: [...args, 'i32'], result };
  },
  (symbols, name) => {
    const { args, result } = symbols[name]!;
    symbols[name] = { args, result: result === 'i32' ? 'u32' : 'i32' };
  },
];

test('a library without any one function, or with another one, is refused by its name', () => {
  for (const name of Object.keys(signatures) as SymbolName[]) {
    const named = new RegExp(`\\b${exportedName(name)}\\b`);
    for (const change of changes) {
      assert.match(refusalOf((symbols) => change(symbols, name)), named);
    }
  }
});

/** A change of one detail of one function, of every kind that the words can express. */
const details: Readonly<Record<string, readonly [SymbolName, Signature]>> = {
  'the order of its arguments': ['mixed6', {
    args: ['f64', 'i32', 'u8', 'f32', 'pointer', 'u32'],
    result: 'f64',
  }],
  'whether a buffer is written to': ['buffer_fill', {
    args: [{ buffer: 'u8' }, 'u32', 'u8'],
    result: 'void',
  }],
  'what a buffer holds': ['buffer_sum', { args: [{ buffer: 'u8' }, 'u32'], result: 'f64' }],
  'a C string for bytes': ['string_sum_z', { args: [{ buffer: 'u8' }], result: 'u32' }],
  'an argument of a callback': ['callback_repeat', {
    args: [{ callback: { args: ['u32'], result: 'i32' } }, 'u32'],
    result: 'i32',
  }],
  'the result of a callback': ['callback_repeat', {
    args: [{ callback: { args: ['i32'], result: 'void' } }, 'u32'],
    result: 'i32',
  }],
  'the type of a field': ['struct_arg_8', { args: [{ struct: { a: 'i64' } }], result: 'f64' }],
  'the name of a field': ['struct_arg_8', { args: [{ struct: { b: 'f64' } }], result: 'f64' }],
};

for (const [what, [name, signature]] of Object.entries(details)) {
  test(`a library that differs in ${what} is refused`, () => {
    assert.match(refusalOf((symbols) => symbols[name] = signature), new RegExp(exportedName(name)));
  });
}

test('a library with a function more is refused', () => {
  const reason = refusalOf((symbols) => symbols['extra'] = { args: [], result: 'void' });
  assert.match(reason, /ffib_extra/);
});

test('a library that was not built for speed is refused', () => {
  assert.match(whyRefused({ ...manifest, optimize: 'Debug' })!, /Debug/);
});
