/** The signature table as a crate for napi-rs: a function of JavaScript's for every one of C's. */
import { exportedName, type SymbolName } from '../../src/catalogue/signatures.ts';
import type {
  BufferWord,
  CallbackWord,
  Signature,
  StructWord,
  Word,
} from '../../src/catalogue/words.ts';
import {
  isCallback,
  isStruct,
  rows,
  structName,
  structs,
} from '../cpython/bindings/declarations.ts';
import { externType, functionType, plainName } from '../cpython/bindings/rust.ts';
import {
  addressEnding,
  externRow,
  isBuffer,
  isLength,
  type Row,
  takeAddresses,
  type Typed,
} from '../rust_table.ts';

const scalars: Readonly<Record<string, (name: string) => Typed>> = {
  // napi-rs reads no f32.
  f32: (name) => ['f64', `${name} as f32`],
  i64: (name) => ['BigInt', `${name}.get_i64().0`],
  u64: (name) => ['BigInt', `${name}.get_u64().1`],
  pointer: (name) => ['Address', `${name}.0`],
  cstring: (name) => ['Text', `${name}.start()`],
};

const arrays: Readonly<Record<BufferWord['buffer'], string>> = {
  u8: 'Uint8Array',
  u16: 'Uint16Array',
  u32: 'Uint32Array',
  i32: 'Int32Array',
  u64: 'BigUint64Array',
  f64: 'Float64Array',
};

function parameter(symbol: SymbolName, signature: Signature, i: number): Typed {
  const word = signature.args[i]!;
  const name = `a${i}`;
  if (isCallback(word)) return [functionOf(word), `hold_${symbol}(&${name})`];
  if (isStruct(word)) return [plainName(structName(word)), name];
  if (typeof word === 'object') {
    // Its macro takes no `&mut [T]`.
    return word.mutable
      ? [`${arrays[word.buffer]}Slice`, `${name}.as_ptr().cast_mut()`]
      : [`&[${word.buffer}]`, `${name}.as_ptr()`];
  }
  if (isLength(symbol, signature, i)) return ['u32', `fits(&a${i - 1}, ${name})?`];
  return scalars[word]?.(name) ?? [word, name];
}

/** The type of an answer, and what becomes of what C returned. */
function converted(word: Word): Typed {
  if (word === 'void') return ['()', 'r'];
  if (word === 'pointer') return ['Address', 'Address(r)'];
  if (word === 'cstring') return ["Option<&'static str>", 'text_of(r)'];
  if (word === 'i64') return ['i64n', 'i64n(r)'];
  if (isStruct(word)) return [plainName(structName(word)), 'r'];
  return [word as string, 'r'];
}

/** The type of a function of JavaScript's. */
function functionOf({ callback: { args, result } }: CallbackWord): string {
  const list = args.map((word) => `${converted(word)[0]},`).join(' ');
  const answer = scalars[result as string]?.('r')[0] ?? (result === 'void' ? '()' : result);
  return `Function<'static, FnArgs<(${list})>, ${answer}>`;
}

/** The C function that calls JavaScript back, and where its function is held meanwhile. */
function trampoline(symbol: SymbolName, word: Word): string[] {
  if (!isCallback(word)) return [];
  const { args, result } = word.callback;
  const list = args.map((one, i) => `a${i}: ${externType(one)}`).join(', ');
  const given = args.map((one, i) => `${converted(one)[1].replace(/\br\b/, `a${i}`)},`).join(' ');
  const answer = scalars[result as string]?.('r')[1] ?? 'r';
  const held = `HELD_${symbol.toUpperCase()}`;
  const type = functionOf(word);
  return [
    `thread_local! { static ${held}: Cell<*const ${type}> = const { Cell::new(null()) }; }`,
    `extern "C" fn call_${symbol}(${list})${
      result === 'void' ? '' : ` -> ${externType(result)}`
    } {`,
    `    let called = unsafe { (*${held}.get()).call((${given}).into()) };`,
    `    called.map(|r| ${answer}).unwrap_or_default()`,
    '}',
    `fn hold_${symbol}(f: &${type}) -> ${functionType(word)} {`,
    `    ${held}.set(f);`,
    `    call_${symbol}`,
    '}',
  ];
}

/** A parameter of the form that takes addresses in place of buffers. */
function addressOr(word: Word, i: number): Typed {
  if (!isBuffer(word)) return [word as string, `a${i}`];
  return ['Address', `a${i}.0 as ${externType(word)}`];
}

/** A function; `ending` names it where it has another form. */
function wrapper(
  symbol: SymbolName,
  signature: Signature,
  ending: '' | typeof addressEnding,
): string {
  const parts = signature.args.map((word, i) =>
    ending === '' ? parameter(symbol, signature, i) : addressOr(word, i)
  );
  const [type, answer] = converted(signature.result);
  const passed = parts.map(([, text]) => text).join(', ');
  const list = parts.map(([one], i) => `a${i}: ${one}`).join(', ');
  const fallible = passed.includes('?');
  const exported = exportedName(symbol);
  return [
    ...signature.args.flatMap((word) => trampoline(symbol, word)),
    `#[napi(js_name = "${exported}${ending}")]`,
    `pub fn ${symbol}${ending}(${list}) -> ${fallible ? `Result<${type}>` : type} {`,
    `    let r = unsafe { ${exported}(${passed}) };`,
    `    ${fallible ? `Ok(${answer})` : answer}`,
    '}',
  ].join('\n');
}

/** A function that runs on a thread of the runtime's own and settles a promise. */
function task(symbol: SymbolName, { args, result }: Signature): string {
  const [name, given, answer] = [plainName(symbol), args[0] as string, result as string];
  return [
    `pub struct ${name}(${given});`,
    `impl Task for ${name} {`,
    `    type Output = ${answer};`,
    `    type JsValue = ${answer};`,
    `    fn compute(&mut self) -> Result<${answer}> {`,
    `        Ok(unsafe { ${exportedName(symbol)}(self.0) })`,
    '    }',
    `    fn resolve(&mut self, _: Env, answer: ${answer}) -> Result<${answer}> { Ok(answer) }`,
    '}',
    `#[napi(js_name = "${exportedName(symbol)}_async")]`,
    `pub fn ${symbol}_async(a0: ${given}) -> AsyncTask<${name}> {`,
    `    AsyncTask::new(${name}(a0))`,
    '}',
  ].join('\n');
}

/** All forms of a function that the addon has. */
function forms([symbol, signature]: Row): string[] {
  return [
    wrapper(symbol, signature, ''),
    ...(takeAddresses.test(symbol) ? [wrapper(symbol, signature, addressEnding)] : []),
    ...(symbol.startsWith('async_') ? [task(symbol, signature)] : []),
  ];
}

function structOf(word: StructWord): string {
  const fields = Object.entries(word.struct).map(([name, type]) => `pub ${name}: ${type}`);
  return `#[napi(object)] #[repr(C)] pub struct ${plainName(structName(word))} { ${
    fields.join(', ')
  } }`;
}

const head = `#![allow(unused_unsafe, private_interfaces, clippy::all)]
mod values;
use napi::bindgen_prelude::*;
use napi_derive::napi;
use std::cell::Cell;
use std::ffi::c_char;
use std::ptr::null;
use values::{fits, text_of, Address, Text};
`;

/** The source of the crate, beside what is written by hand in values.rs. */
export function napiRsSource(): string {
  return [
    head,
    ...structs.map(structOf),
    '#[link(name = "ffibench")]',
    'extern "C" {',
    ...rows.map(externRow),
    '}',
    ...rows.flatMap(forms),
    '',
  ].join('\n');
}
