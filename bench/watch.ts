/**
 * Measures each version of a runtime that is new on npm against the one that was watched before it,
 * in the same rounds.
 *
 *     npm run self -- bench/watch.ts results/watch CHANGED
 *
 * The first folder keeps a document per version, `deno-2.9.7.json`, and so tells what was watched;
 * without one, the version of the table of versions counts as watched. CHANGED receives a file of
 * markdown per version that changed the instructions of a call by more than 2 %.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import process from 'node:process';
import { currentHost, packageManager } from '../src/boot/host.mjs';
import { platform, root, type RuntimeName, runtimeNames, versions } from '../src/boot/versions.mjs';
import { openDocument } from '../src/analysis/open.ts';
import { armChanges, changesTable } from './two_arms.ts';

/** Share of a call's instructions that is worth an issue, up or down. */
const worthAnIssue = 0.02;

/** What is measured: every way in, and the conversions that most programs need. */
const tasks = ['call', 'buffer.touch', 'string_in', 'string_out', 'callback.sync'];

const collator = new Intl.Collator('en', { numeric: true });

/** The newest version that a folder of documents holds, or the one that counts without any. */
export function watchedVersion(
  files: readonly string[],
  name: string,
  otherwise: string,
): string {
  const watched = files.flatMap((file) =>
    new RegExp(`^${name}-(\\d+\\.\\d+\\.\\d+)\\.json$`).exec(file)?.[1] ?? []
  );
  return [...watched, otherwise].sort(collator.compare).at(-1)!;
}

function newestVersion(name: RuntimeName): string {
  const [packageName] = versions.runtimes[name].packages[platform]!;
  const asked = ['view', packageName!, 'version', '--json'];
  const { command, args } = packageManager(currentHost(), asked);
  return JSON.parse(execFileSync(command, args, { encoding: 'utf8' }));
}

/** Measures two versions in one run; the document is at `out`. */
function measure(name: RuntimeName, before: string, after: string, out: string): boolean {
  const words = [
    ...['run', '--lane', 'ffi', '--out', out],
    ...['--runtime', `before=${name}@${before}`, '--runtime', `after=${name}@${after}`],
    ...tasks.flatMap((task) => ['--task', task]),
  ];
  const boot = join(root, 'src', 'boot', 'boot.mjs');
  const { status } = spawnSync(process.execPath, [boot, ...words], { cwd: root, stdio: 'inherit' });
  return status === 0 || (status === 1 && existsSync(out));
}

function watch(name: RuntimeName, kept: string, changed: string): void {
  const before = watchedVersion(readdirSync(kept), name, versions.runtimes[name].version);
  const after = newestVersion(name);
  if (collator.compare(after, before) <= 0) {
    process.stdout.write(`${name} ${before} is the newest.\n`);
    return;
  }
  const out = join(kept, `${name}-${after}.json`);
  if (!measure(name, before, after, out)) {
    process.exitCode = 1;
    return;
  }
  const changes = armChanges(openDocument(out), 'before', 'after').filter(({ instructions }) =>
    instructions !== null && Math.abs(instructions - 1) > worthAnIssue
  );
  process.stdout.write(`${name} ${after} changed ${changes.length} calls since ${before}.\n`);
  if (changes.length === 0) return;
  const heading = `Instructions and time per call in ${name} ${after} over ${before}:\n\n`;
  writeFileSync(join(changed, `${name} ${after}.md`), heading + changesTable(changes));
}

function main([kept, changed]: string[]): void {
  if (kept === undefined || changed === undefined) {
    process.stderr.write('usage: bench/watch.ts KEPT CHANGED\n');
    process.exitCode = 2;
    return;
  }
  for (const folder of [kept, changed]) mkdirSync(folder, { recursive: true });
  for (const name of runtimeNames) watch(name, resolve(kept), resolve(changed));
}

if (import.meta.main) main(process.argv.slice(2));
