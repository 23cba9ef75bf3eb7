/**
 * Are the kernels that the package ships as fast as those that a checkout builds for its very
 * processor? Measures the shipped libraries of this platform beside the built one, as arms of the
 * same rounds, on the floor and in one runtime, and names what parts by over 5 %.
 *
 *     npm run self -- bench/shipped_kernels.ts [FLAGS OF ffi-bench run]
 *
 * `--lane call` takes the floor alone, where nothing but the kernel differs. By instructions alone,
 * which a busy machine does not change: bench/shipped_instructions.ts.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import process from 'node:process';
import { runQuietly, tailOf } from '../src/boot/child.mjs';
import { libraryPath } from '../src/boot/library.mjs';
import { libcOf, partFile } from '../src/boot/shipped.mjs';
import { platform, root } from '../src/boot/versions.mjs';
import { findZig, installZig, zigEnvironment } from '../src/boot/zig.mjs';
import { openDocument } from '../src/analysis/open.ts';
import { formatRatio } from '../src/report/words/numbers.ts';
import type { Document } from '../src/results/schema.ts';
import { type ArmChange, armChanges } from './two_arms.ts';

/** What a shipped kernel may take more than the built one. */
const allowed = 0.05;

/** Families whose kernels work on data; the others do next to nothing. */
const tasks = ['buffer.sum', 'buffer.fill', 'range', 'list_sum', 'handle', 'string_in', 'work'];

const folder = process.platform === 'linux' ? `${platform}-${libcOf(process.execPath)}` : platform;

/** The shipped libraries of this platform by label: the baseline, and each better level. */
export async function shippedLibraries(): Promise<Map<string, string>> {
  const zig = await findZig() ?? await installZig();
  const args = ['build', 'ship', `-Dship-only=${folder}`];
  const outcome = await runQuietly(zig.path, args, { cwd: root, env: zigEnvironment() });
  if (outcome.code !== 0) throw new Error(`zig build ship failed:\n${tailOf(outcome)}`);
  const place = join(root, 'zig-out', 'ship', folder);
  const file = partFile('library');
  const found = new Map([['baseline', join(place, file)]]);
  const v3 = join(place, 'x86_64_v3', file);
  if (existsSync(v3)) found.set('v3', v3);
  return found;
}

/** A row per case and lane: instructions and time of each shipped library over the built one. */
function tableOf(document: Document, labels: readonly string[]): string {
  const byLabel = labels.map((label) => armChanges(document, 'built', label));
  const shown = (ratio: number | null) => ratio === null ? '–' : formatRatio(ratio);
  const rows = byLabel[0]!.map((first) => {
    const own = byLabel.map((changes) =>
      changes.find((one) => one.case === first.case && one.lane === first.lane)
    );
    const cells = own.flatMap((
      one,
    ) => [shown(one?.instructions ?? null), shown(one?.time ?? null)]);
    const over = own.flatMap((one, i) => one !== undefined && isOver(one) ? [labels[i]!] : []);
    const [name, lane] = [first.case.padEnd(36), first.lane.padEnd(12)];
    return `${name} ${lane} ${cells.map((cell) => cell.padStart(12)).join(' ')}  ${
      over.join(', ')
    }`;
  });
  const head = labels.flatMap((label) => [`${label} instr.`, `${label} time`]);
  return [
    `${'over the built library'.padEnd(49)} ${
      head.map((one) => one.padStart(12)).join(' ')
    }  over 5 %`,
    ...rows,
    '',
  ].join('\n');
}

function isOver({ instructions, time, isResolved }: ArmChange): boolean {
  return (instructions ?? 1) > 1 + allowed || (isResolved && (time ?? 1) > 1 + allowed);
}

async function main(given: readonly string[]): Promise<number> {
  const libraries = await shippedLibraries();
  const out = join('.ffi-bench', 'runs', 'shipped_kernels.json');
  const words = [
    ...['run', '--runtime', 'native', '--runtime', 'bun'],
    ...(given.includes('--lane') ? [] : ['--lane', 'ffi,call']),
    ...tasks.flatMap((task) => ['--task', task]),
    ...['--library', `built=${libraryPath(root)}`],
    ...[...libraries].flatMap(([label, path]) => ['--library', `${label}=${path}`]),
    ...(given.includes('--out') ? [] : ['--out', out, '--force']),
    ...given,
  ];
  const written = given.includes('--out') ? given[given.indexOf('--out') + 1]! : out;
  const boot = join(root, 'src', 'boot', 'boot.mjs');
  const { status } = spawnSync(process.execPath, [boot, ...words], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  if (status === 0 || (status === 1 && existsSync(resolve(root, written)))) {
    process.stdout.write(tableOf(openDocument(resolve(root, written)), [...libraries.keys()]));
  }
  return status ?? 1;
}

if (import.meta.main) process.exitCode = await main(process.argv.slice(2));
