/** The signature table as a module in Cython: a function of Python's for every one of C's. */
import { cScalars } from '../../../src/catalogue/prototype.ts';
import { exportedName, type SymbolName } from '../../../src/catalogue/signatures.ts';
import type { Scalar, StructWord, Word } from '../../../src/catalogue/words.ts';
import { callbackName, isCallback, isStruct, rows, structName, structs } from './declarations.ts';

/** Cython's name of a scalar. */
function scalar(word: Scalar | 'void'): string {
  return word === 'bool' ? 'bint' : cScalars[word]!;
}

/** The type as `cdef extern` declares it. */
function externType(symbol: SymbolName, word: Word): string {
  if (word === 'pointer') return 'void *';
  if (word === 'cstring') return 'const char *';
  if (isStruct(word)) return structName(word);
  if (isCallback(word)) return callbackName(symbol);
  if (typeof word === 'object') return `${word.mutable ? '' : 'const '}${cScalars[word.buffer]} *`;
  return scalar(word);
}

/** A parameter of the function, the statements that convert it, and what the call passes. */
function parameter(symbol: SymbolName, word: Word, i: number): [string, string[], string] {
  const name = `a${i}`;
  if (word === 'pointer') return [name, [], `at(${name})`];
  if (word === 'cstring') return [`str ${name}`, [], `PyUnicode_AsUTF8(${name})`];
  if (isStruct(word)) return [name, [unpacked(name, word)], `s${i}`];
  if (isCallback(word)) {
    return [name, [`global ${held(symbol)}`, `${held(symbol)} = ${name}`], trampoline(symbol)];
  }
  if (typeof word === 'object') {
    const type = `${word.mutable ? '' : 'const '}${cScalars[word.buffer]}`;
    return [`${type}[::1] ${name}`, [], `&${name}[0]`];
  }
  return [`${scalar(word as Scalar)} ${name}`, [], name];
}

function unpacked(name: string, word: StructWord): string {
  const fields = Object.keys(word.struct).map((field) => `s${name.slice(1)}.${field}`);
  return `${fields.join(', ')}${fields.length === 1 ? ',' : ''} = ${name}`;
}

/** What a call's answer becomes. */
function converted(word: Word, call: string): string[] {
  if (word === 'void') return [call];
  if (word === 'pointer') return [`return address(${call})`];
  if (word === 'cstring') return [`return PyUnicode_FromString(${call})`];
  if (isStruct(word)) {
    const fields = Object.keys(word.struct).map((field) => `r.${field}`);
    return [`r = ${call}`, `return (${fields.join(', ')},)`];
  }
  return [`return ${call}`];
}

const held = (symbol: SymbolName) => `held_${symbol}`;
const trampoline = (symbol: SymbolName) => `call_${symbol}`;

/** The C function that calls Python back; from a foreign thread it takes the interpreter lock. */
function trampolineSource(symbol: SymbolName, word: Word): string[] {
  if (!isCallback(word)) return [];
  const { args, result } = word.callback;
  const list = args.map((one, i) => `${externType(symbol, one)} a${i}`).join(', ');
  const given = args.map((one, i) => one === 'pointer' ? `address(a${i})` : `a${i}`).join(', ');
  const call = `${held(symbol)}(${given})`;
  const answer = result === 'void' ? call : `return ${result === 'pointer' ? `at(${call})` : call}`;
  const lock = symbol.startsWith('callback_thread_') ? ' with gil' : '';
  return [
    `cdef object ${held(symbol)} = None`,
    `cdef ${externType(symbol, result)} ${trampoline(symbol)}(${list}) noexcept${lock}:`,
    `    ${answer}`,
  ];
}

function wrapper([symbol, { args, result }]: (typeof rows)[number]): string {
  const parts = args.map((word, i) => parameter(symbol, word, i));
  const call = `${exportedName(symbol)}(${parts.map(([, , passed]) => passed).join(', ')})`;
  const locals = [
    ...args.flatMap((word, i) => isStruct(word) ? [`cdef ${structName(word)} s${i}`] : []),
    ...(isStruct(result) ? [`cdef ${structName(result)} r`] : []),
  ];
  return [
    ...args.flatMap((word) => trampolineSource(symbol, word)),
    `def ${symbol}(${parts.map(([text]) => text).join(', ')}):`,
    ...[...locals, ...parts.flatMap(([, lines]) => lines), ...converted(result, call)]
      .map((line) => `    ${line}`),
    '',
  ].join('\n');
}

function externs(): string {
  const fields = (word: StructWord) =>
    Object.entries(word.struct).map(([name, type]) => `        ${scalar(type)} ${name}`);
  return [
    'cdef extern from "ffibench.h":',
    ...structs.flatMap((word) => [
      `    ctypedef struct ${structName(word)}:`,
      ...fields(word),
    ]),
    ...rows.flatMap(([symbol, { args }]) =>
      args.filter(isCallback).map(({ callback }) =>
        `    ctypedef ${externType(symbol, callback.result)} (*${callbackName(symbol)})(${
          callback.args.map((word) => externType(symbol, word)).join(', ')
        }) noexcept`
      )
    ),
    ...rows.map(([symbol, { args, result }]) =>
      `    ${externType(symbol, result)} ${exportedName(symbol)}(${
        args.map((word) => externType(symbol, word)).join(', ')
      })`
    ),
  ].join('\n');
}

/** The module's source. */
export function cythonSource(): string {
  return [
    '# cython: language_level=3, boundscheck=False, wraparound=False, initializedcheck=False',
    'from libc.stdint cimport *',
    externs(),
    '',
    'cdef extern from "Python.h":',
    '    const char *PyUnicode_AsUTF8(object text) except NULL',
    '    object PyUnicode_FromString(const char *text)',
    '',
    'cdef inline void *at(object address) except? NULL:',
    '    return NULL if address is None else <void *><size_t>address',
    '',
    'cdef inline object address(void *at):',
    '    return None if at == NULL else <size_t>at',
    '',
    ...rows.map(wrapper),
  ].join('\n');
}
