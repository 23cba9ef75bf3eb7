/** The signature table as a crate for wasm-bindgen: a function of JavaScript's for each of C's. */
import { exportedName, type SymbolName } from '../../src/catalogue/signatures.ts';
import type { Signature, Word } from '../../src/catalogue/words.ts';
import { isCallback, isStruct, rows } from '../cpython/bindings/declarations.ts';
import { externType, functionType } from '../cpython/bindings/rust.ts';
import { laneRow } from '../lanes.ts';
import {
  addressEnding,
  externRow,
  isBuffer,
  isLength,
  type Row,
  takeAddresses,
  type Typed,
} from '../rust_table.ts';

function parameter(symbol: SymbolName, signature: Signature, i: number): Typed {
  const word = signature.args[i]!;
  const name = `a${i}`;
  if (isCallback(word)) return ['&Function', `hold_${symbol}(${name})`];
  if (word === 'cstring') return ['&str', `CString::new(${name})?.as_ptr()`];
  if (word === 'pointer') return ['usize', name];
  if (typeof word === 'object' && 'buffer' in word) {
    return word.mutable
      ? [`&mut [${word.buffer}]`, `${name}.as_mut_ptr()`]
      : [`&[${word.buffer}]`, `${name}.as_ptr()`];
  }
  if (isLength(symbol, signature, i)) return ['u32', `fits(a${i - 1}, ${name})?`];
  return [word as string, name];
}

/** The type of an answer, and what becomes of what C returned. */
function converted(word: Word): Typed {
  if (word === 'void') return ['()', 'r'];
  if (word === 'pointer') return ['usize', 'r'];
  return word === 'cstring' ? ['Option<String>', 'text_of(r)'] : [word as string, 'r'];
}

/** What becomes of a callback's answer. */
function answered(word: Word): string {
  if (word === 'void') return '()';
  if (word === 'u64') return 'u64::try_from(r).unwrap_or_default()';
  return `r.as_f64().unwrap_or_default() as ${externType(word)}`;
}

/** The C function that calls JavaScript back, and where its function is held meanwhile. */
function trampoline(symbol: SymbolName, word: Word): string[] {
  if (!isCallback(word)) return [];
  const { args, result } = word.callback;
  const list = args.map((one, i) => `a${i}: ${externType(one)}`).join(', ');
  const values = args.map((one, i) => `JsValue::from(a${i}${one === 'pointer' ? ' as u32' : ''})`);
  const call = values.length > 2
    ? `apply(&JsValue::NULL, &Array::of(&[${values.join(', ')}]))`
    : `call${values.length}(${['JsValue::NULL', ...values].map((one) => `&${one}`).join(', ')})`;
  const held = `HELD_${symbol.toUpperCase()}`;
  return [
    `thread_local! { static ${held}: Cell<*const Function> = const { Cell::new(null()) }; }`,
    `extern "C" fn call_${symbol}(${list})${
      result === 'void' ? '' : ` -> ${externType(result)}`
    } {`,
    `    let called = unsafe { &*${held}.get() }.${call};`,
    `    called.map(|r| ${answered(result)}).unwrap_or_default()`,
    '}',
    `fn hold_${symbol}(f: &Function) -> ${functionType(word)} {`,
    `    ${held}.set(f);`,
    `    call_${symbol}`,
    '}',
  ];
}

/** A parameter of the form that takes addresses in place of buffers. */
function addressOr(word: Word, i: number): Typed {
  return isBuffer(word) ? ['usize', `a${i} as ${externType(word)}`] : [word as string, `a${i}`];
}

/** A function; `ending` names it where it has another form. */
function wrapper(symbol: SymbolName, signature: Signature, ending: '' | typeof addressEnding) {
  const parts = signature.args.map((word, i) =>
    ending === '' ? parameter(symbol, signature, i) : addressOr(word, i)
  );
  const [type, answer] = converted(signature.result);
  const passed = parts.map(([, text]) => text).join(', ');
  const list = parts.map(([one], i) => `a${i}: ${one}`).join(', ');
  const fallible = passed.includes('?');
  return [
    ...signature.args.flatMap((word) => trampoline(symbol, word)),
    '#[wasm_bindgen]',
    `pub fn ${symbol}${ending}(${list}) -> ${fallible ? `Result<${type}, JsError>` : type} {`,
    `    let r = unsafe { ${exportedName(symbol)}(${passed}) };`,
    `    ${fallible ? `Ok(${answer})` : answer}`,
    '}',
  ].join('\n');
}

/** All forms of a function that the module has. */
function forms([symbol, signature]: Row): string[] {
  const plain = wrapper(symbol, signature, '');
  return takeAddresses.test(symbol) ? [plain, wrapper(symbol, signature, addressEnding)] : [plain];
}

const head = `#![allow(unused_unsafe, clippy::all)]
mod values;
use js_sys::{Array, Function};
use std::cell::Cell;
use std::ffi::{c_char, CString};
use std::ptr::null;
use values::{fits, text_of};
use wasm_bindgen::prelude::*;
`;

/** The source of the crate, beside what is written by hand in values.rs. */
export function wasmBindgenSource(): string {
  const lacks = laneRow('node.wasm_bindgen').limits?.lacks ?? {};
  const had = rows.filter(([name, { args, result }]) =>
    !(name in lacks) && ![...args, result].some(isStruct)
  );
  return [head, 'extern "C" {', ...had.map(externRow), '}', ...had.flatMap(forms), ''].join('\n');
}
