/**
 * Does stepping count what there is? Kernels on the native floor, counted by stepping, beside the
 * same loop under callgrind and, for the kernel alone, beside its disassembly. Goal: equal.
 *
 *     npm run self -- bench/floor_instructions.ts [PREFIX OF A BUILD]
 *
 * It needs valgrind and objdump. callgrind knows no AVX-512: on a processor that has it, give a
 * build for another, as `zig build -Dcpu=x86_64_v3 -p /tmp/build` makes.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { root } from '../src/boot/versions.mjs';
import { instructionsOf } from '../src/analysis/instructions.ts';
import { exportedName, type SymbolName } from '../src/catalogue/signatures.ts';
import { protocolVersion, type SteppedMessage } from '../src/worker/protocol.ts';

const prefix = process.argv[2] ?? join(root, 'zig-out');
const library = join(prefix, 'lib', 'libffibench.so');
const program = join(prefix, 'bin', 'ffibench-native');

/** Tasks whose kernels have no branch, so that their lines can be counted. */
const cases: readonly (readonly [string, Readonly<Record<string, number>>, SymbolName])[] = [
  ['call.noop', {}, 'noop'],
  ['call.i32_args', { args: 1 }, 'i32_args_1'],
  ['call.i32_args', { args: 2 }, 'i32_args_2'],
  ['call.i32_args', { args: 8 }, 'i32_args_8'],
  ['call.f64_args', { args: 2 }, 'f64_args_2'],
  ['call.f64_args', { args: 8 }, 'f64_args_8'],
  ['call.u64_by_ref', {}, 'u64_by_ref'],
  ['call.i32_args', { args: 4 }, 'i32_args_4'],
  ['call.pointer_id', {}, 'id_pointer'],
  ['struct.by_pointer', { bytes: 16 }, 'struct_by_pointer_16'],
];

function order(mode: string, task: string, params: object, calls: number): string {
  return JSON.stringify({
    ...{ protocol: protocolVersion, mode, lane: 'native.call', library, task, params },
    ...{ instrument: mode === 'instructions' ? library : '', durationNs: 0 },
    ...{ batchNs: 250_000, callsPerBatch: calls },
  });
}

function stepped(task: string, params: object) {
  const said = execFileSync(program, [order('instructions', task, params, 65536)], {
    encoding: 'utf8',
  });
  const line = said.split('\n').find((one) => one.includes('"type":"stepped"'))!;
  return instructionsOf([JSON.parse(line) as SteppedMessage], [library]);
}

/** Instructions of a whole process whose one batch has so many calls. */
function callgrind(task: string, params: object, calls: number): number {
  const folder = mkdtempSync(join(tmpdir(), 'ffi-bench-callgrind-'));
  try {
    const out = join(folder, 'out');
    const flags = ['--tool=callgrind', `--callgrind-out-file=${out}`];
    execFileSync('valgrind', [...flags, program, order('measure', task, params, calls)], {
      stdio: 'ignore',
    });
    return Number(/^(?:summary|totals): (\d+)/m.exec(readFileSync(out, 'utf8'))![1]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Lines of a function's disassembly up to its return. */
function lines(symbol: SymbolName): number {
  const flags = ['-d', '--no-show-raw-insn', `--disassemble=${exportedName(symbol)}`];
  const text = execFileSync('objdump', [...flags, library], { encoding: 'utf8' });
  const own = text.slice(text.indexOf(`<${exportedName(symbol)}>:`)).split('\n').slice(1);
  return own.findIndex((line) => /\bret\b/.test(line)) + 1;
}

const few = 40_000;
const many = 80_000;
process.stdout.write('case                     stepped  callgrind   the kernel  its disassembly\n');
for (const [task, params, symbol] of cases) {
  const counted = stepped(task, params);
  const simulated = (callgrind(task, params, many) - callgrind(task, params, few)) / (many - few);
  const kernel = counted.regions.find(({ region }) => region === 'library')!;
  const name = [task, ...Object.values(params).map((value) => `[${value}]`)].join('');
  process.stdout.write(
    `${name.padEnd(24)} ${String(counted.per_call.low).padStart(7)} ${
      simulated.toFixed(2).padStart(10)
    } ${String(kernel.low).padStart(12)} ${String(lines(symbol)).padStart(16)}\n`,
  );
}
