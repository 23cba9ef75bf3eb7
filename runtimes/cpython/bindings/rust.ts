/** The signature table as a crate for PyO3: a function of Python's for every one of C's. */
import { exportedName, type SymbolName } from '../../../src/catalogue/signatures.ts';
import type { BufferWord, CallbackWord, Word } from '../../../src/catalogue/words.ts';
import { isCallback, isStruct, rows, structName, structs } from './declarations.ts';

export const plainName = (text: string) =>
  text.split('_').map((part) => part[0]!.toUpperCase() + part.slice(1)).join('');

/** The type of a word in `extern "C"`. */
export function externType(word: Word): string {
  if (word === 'void') return '()';
  if (word === 'pointer') return 'usize';
  if (word === 'cstring') return '*const c_char';
  if (isStruct(word)) return plainName(structName(word));
  if (isCallback(word)) return functionType(word);
  if (typeof word === 'object') return `${word.mutable ? '*mut' : '*const'} ${word.buffer}`;
  return word;
}

export function functionType({ callback: { args, result } }: CallbackWord): string {
  const list = args.map(externType).join(', ');
  return `extern "C" fn(${list})${result === 'void' ? '' : ` -> ${externType(result)}`}`;
}

function buffer({ buffer, mutable }: BufferWord, name: string): [string, string] {
  if (mutable) return [`${name}: PyBuffer<${buffer}>`, `writable(&${name})?`];
  return buffer === 'u8'
    ? [`${name}: Bytes`, `${name}.start()`]
    : [`${name}: PyBuffer<${buffer}>`, `${name}.buf_ptr() as *const ${buffer}`];
}

/** A parameter of the function, and what the call passes. */
function parameter(symbol: SymbolName, word: Word, i: number): [string, string] {
  const name = `a${i}`;
  if (word === 'pointer') return [`${name}: Option<usize>`, `${name}.unwrap_or(0)`];
  if (word === 'cstring') return [`${name}: &str`, `CString::new(${name})?.as_ptr()`];
  if (isCallback(word)) return [`${name}: Py<PyAny>`, `hold_${symbol}(${name})`];
  if (isStruct(word)) {
    const fields = Object.entries(word.struct);
    const built = fields.map(([field], at) => `${field}: ${name}.${at}`).join(', ');
    return [
      `${name}: (${fields.map(([, type]) => `${type},`).join(' ')})`,
      `${plainName(structName(word))} { ${built} }`,
    ];
  }
  if (typeof word === 'object') return buffer(word, name);
  return [`${name}: ${word}`, name];
}

/** The type of the answer, and what becomes of what C returned. */
function converted(word: Word): [string, string] {
  if (word === 'void') return ['()', 'r'];
  if (word === 'pointer') return ['Option<usize>', '(r != 0).then_some(r)'];
  if (word === 'cstring') return ["&'static str", 'CStr::from_ptr(r).to_str().unwrap()'];
  if (isStruct(word)) {
    const fields = Object.entries(word.struct);
    return [
      `(${fields.map(([, type]) => `${type},`).join(' ')})`,
      `(${fields.map(([field]) => `r.${field},`).join(' ')})`,
    ];
  }
  return [word as string, 'r'];
}

/** The C function that calls Python back, and the place where the callable is held. */
function trampoline(symbol: SymbolName, word: Word): string[] {
  if (!isCallback(word)) return [];
  const { args, result } = word.callback;
  const list = args.map((one, i) => `a${i}: ${externType(one)}`).join(', ');
  const given = args.map((one, i) => one === 'pointer' ? `(a${i} != 0).then_some(a${i})` : `a${i}`);
  const answer = result === 'void' ? '()' : result === 'pointer' ? 'Option<usize>' : `${result}`;
  const type = result === 'void' ? '' : ` -> ${externType(result)}`;
  const read = result === 'void'
    ? '.map(|_| ())'
    : `.and_then(|answer| answer.extract::<${answer}>())`;
  const last = result === 'pointer' ? '.unwrap_or_default().unwrap_or(0)' : '.unwrap_or_default()';
  return [
    `static HELD_${symbol.toUpperCase()}: Held = Held::new();`,
    `extern "C" fn call_${symbol}(${list})${type} {`,
    '    Python::attach(|py| {',
    `        let f = HELD_${symbol.toUpperCase()}.get(py);`,
    `        f.call1((${given.map((one) => `${one},`).join(' ')}))${read}${last}`,
    '    })',
    '}',
    `fn hold_${symbol}(f: Py<PyAny>) -> ${functionType(word)} {`,
    `    HELD_${symbol.toUpperCase()}.set(f);`,
    `    call_${symbol}`,
    '}',
  ];
}

function wrapper([symbol, { args, result }]: (typeof rows)[number]): string {
  const parts = args.map((word, i) => parameter(symbol, word, i));
  const [type, answer] = converted(result);
  const passed = parts.map(([, text]) => text);
  const fallible = [...passed, answer].some((text) => text.includes('?'));
  const body = `let r = ${exportedName(symbol)}(${passed.join(', ')}); ${
    fallible ? `Ok(${answer})` : answer
  }`;
  return [
    ...args.flatMap((word) => trampoline(symbol, word)),
    `#[pyfunction] fn ${symbol}(${parts.map(([text]) => text).join(', ')}) -> ${
      fallible ? `PyResult<${type}>` : type
    } {`,
    `    unsafe { ${body} }`,
    '}',
  ].join('\n');
}

const head = `#![allow(unused_unsafe, clippy::all)]
use pyo3::buffer::{Element, PyBuffer};
use pyo3::exceptions::PyBufferError;
use pyo3::prelude::*;
use std::ffi::{c_char, CStr, CString};
use std::sync::atomic::{AtomicPtr, Ordering};
mod article;

/// Bytes as they are, or any buffer of them.
enum Bytes<'a> {
    Bytes(&'a [u8]),
    Buffer(PyBuffer<u8>),
}

impl<'a, 'py> FromPyObject<'a, 'py> for Bytes<'a> {
    type Error = PyErr;
    fn extract(object: Borrowed<'a, 'py, PyAny>) -> PyResult<Self> {
        match <&'a [u8]>::extract(object) {
            Ok(bytes) => Ok(Bytes::Bytes(bytes)),
            Err(_) => Ok(Bytes::Buffer(PyBuffer::<u8>::extract(object)?)),
        }
    }
}

impl Bytes<'_> {
    fn start(&self) -> *const u8 {
        match self {
            Bytes::Bytes(bytes) => bytes.as_ptr(),
            Bytes::Buffer(buffer) => buffer.buf_ptr() as *const u8,
        }
    }
}

fn writable<T: Element>(buffer: &PyBuffer<T>) -> PyResult<*mut T> {
    if buffer.readonly() { return Err(PyBufferError::new_err("the buffer is read-only")); }
    Ok(buffer.buf_ptr() as *mut T)
}

/// A callable that C calls through a function without arguments of its own.
struct Held(AtomicPtr<pyo3::ffi::PyObject>);

impl Held {
    const fn new() -> Held { Held(AtomicPtr::new(std::ptr::null_mut())) }
    fn set(&self, f: Py<PyAny>) {
        let before = self.0.swap(f.into_ptr(), Ordering::Relaxed);
        if before.is_null() { return; }
        Python::attach(|py| unsafe { drop(Bound::from_owned_ptr(py, before)) });
    }
    fn get<'py>(&self, py: Python<'py>) -> Bound<'py, PyAny> {
        unsafe { Bound::from_borrowed_ptr(py, self.0.load(Ordering::Relaxed)) }
    }
}
`;

function externs(): string {
  return [
    ...structs.map((word) =>
      `#[repr(C)] #[derive(Clone, Copy)] struct ${plainName(structName(word))} { ${
        Object.entries(word.struct).map(([name, type]) => `${name}: ${type}`).join(', ')
      } }`
    ),
    'extern "C" {',
    ...rows.map(([symbol, { args, result }]) =>
      `    fn ${exportedName(symbol)}(${
        args.map((word, i) => `a${i}: ${externType(word)}`).join(', ')
      })${result === 'void' ? '' : ` -> ${externType(result)}`};`
    ),
    '}',
  ].join('\n');
}

/** The source of the crate, beside the article's functions in a module of their own. */
export function rustSource(): string {
  return [
    head,
    externs(),
    ...rows.map(wrapper),
    "#[pymodule] fn ffib_pyo3(m: &Bound<'_, PyModule>) -> PyResult<()> {",
    '    article::add(m)?;',
    ...rows.map(([symbol]) => `    m.add_function(wrap_pyfunction!(${symbol}, m)?)?;`),
    '    Ok(())',
    '}',
    '',
  ].join('\n');
}
