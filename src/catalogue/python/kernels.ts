/**
 * The kernels again in Python, for the tasks whose twin is the same statement with these functions
 * in place of the library's; the counterpart of `kernels.ts`.
 */
import type { SymbolName } from '../signatures.ts';

/** Adds 32-bit integers as C does: Python's have no end, so that wrapping is work of its own. */
function i32Args(count: number): string {
  const names = Array.from({ length: count }, (_, i) => `a${i}`);
  const sum = names.join(' + ') || '0';
  return count < 2
    ? `def i32_args_${count}(${names}): return ${sum}`
    : `def i32_args_${count}(${names.join(', ')}): return (${sum} + 2**31) % 2**32 - 2**31`;
}

function f64Args(count: number): string {
  const names = Array.from({ length: count }, (_, i) => `a${i}`);
  return `def f64_args_${count}(${names.join(', ')}): return ${names.join(' + ')}`;
}

function named(sources: readonly string[]): Partial<Record<SymbolName, string>> {
  return Object.fromEntries(
    sources.map((source) => [/^def (\w+)/.exec(source)![1]!, source]),
  );
}

const words = ['i8', 'u8', 'i16', 'u16', 'i32', 'u32', 'i64', 'u64', 'f32', 'f64', 'bool'];

/** Source of each function, by symbol. */
export const pythonKernels: Partial<Record<SymbolName, string>> = named([
  'def noop(): pass',
  ...[0, 1, 2, 4, 6, 8, 12, 16].map(i32Args),
  ...[1, 2, 4, 8, 9].map(f64Args),
  'def mixed6(a, b, c, d, e, f): return a + b + c + d + (e is not None) + f',
  ...[...words, 'pointer'].map((word) => `def id_${word}(x): return x`),
  ...[1, 2, 3, 4, 5, 6, 7, 8].map((k) =>
    `def poly_${k}(x): return (x + ${k} + 2**31) % 2**32 - 2**31`
  ),
  'def buffer_touch(data, n): return data[n - 1] if n else 0',
  'def buffer_fill(data, n, value): data[:n] = bytes((value,)) * n',
  'def range_step(total, i): return total + i',
  [
    'def callback_repeat(callback, n):',
    '    total = 0',
    '    for i in range(n): total += callback(i)',
    '    return (total + 2**31) % 2**32 - 2**31',
  ].join('\n'),
  [
    'def callback_f64(callback, n):',
    '    total = 0.0',
    '    for i in range(n): total += callback(float(i))',
    '    return total',
  ].join('\n'),
  [
    'def callback_u64(callback, n):',
    '    total = 0',
    '    for i in range(n): total += callback(i)',
    '    return total % 2**64',
  ].join('\n'),
  [
    'def callback_six(callback, n):',
    '    total = 0.0',
    '    for i in range(n): total += callback(i, i, 1, 0.5, None, 2)',
    '    return total',
  ].join('\n'),
]);
