// Builds crates by cargo: their sources are generated, or written by hand below runtimes/.
import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { runQuietly, tailOf } from './child.mjs';
import { makeFolder } from './folders.mjs';
import { versions } from './versions.mjs';
import { findZig, installZig, zigEnvironment } from './zig.mjs';

/**
 * @typedef {object} Crate
 * @property {Readonly<Record<string, string>>} texts generated from the signature table, by name
 * @property {string} folder of what is written by hand
 */

/**
 * A hash of what is built of these crates here: built for this very processor, linked by Zig.
 * @param {readonly Crate[]} crates
 */
export function cratesStamp(crates) {
  const hash = createHash('sha256');
  hash.update([versions.zig.version, process.arch, cpus()[0]?.model ?? 'unknown'].join('\n'));
  for (const { texts, folder } of crates) {
    hash.update(JSON.stringify(texts));
    for (const name of readdirSync(folder).sort()) hash.update(readFileSync(join(folder, name)));
  }
  return hash.digest('hex');
}

/** Fails where there is no cargo. */
export async function requireCargo() {
  if ((await runQuietly('cargo', ['--version'])).code === 0) return;
  throw new Error('there is no cargo on PATH; install Rust to have it.');
}

/**
 * Fails where Rust has no library of its own for a target.
 * @param {string} target
 */
export async function requireRustTarget(target) {
  const args = ['--print', 'target-libdir', '--target', target];
  const folder = (await runQuietly('rustc', args)).stdout.trim();
  if (folder !== '' && existsSync(folder) && readdirSync(folder).length > 0) return;
  throw new Error(
    `Rust's library for ${target} is not here; install it by "rustup target add ${target}", or ` +
      'on Debian by "libstd-rust-dev-wasm32" and "lld".',
  );
}

/**
 * Builds a crate in release mode, in a folder that keeps what cargo has built before; returns where
 * its results lie.
 * @param {Crate} crate
 * @param {string} folder
 * @param {{ target?: string, flags?: readonly string[] }} how the target, if it is not this
 *   machine's, and what the compiler is told
 */
export async function cargoBuild({ texts, folder: byHand }, folder, { target, flags = [] }) {
  makeFolder(folder);
  for (const name of readdirSync(byHand)) copyFileSync(join(byHand, name), join(folder, name));
  for (const [name, text] of Object.entries(texts)) writeFileSync(join(folder, name), text);
  const own = target === undefined ? await ownFlags(folder) : [];
  const built = join(folder, 'target');
  const env = zigEnvironment({
    ...process.env,
    CARGO_ENCODED_RUSTFLAGS: [...own, ...flags].join('\x1f'),
    CARGO_TARGET_DIR: built,
  });
  const args = ['build', '--release', '--locked', '--quiet'];
  await mustRun('cargo', target === undefined ? args : [...args, '--target', target], folder, env);
  return join(built, ...(target === undefined ? [] : [target]), 'release');
}

/**
 * For this machine the pinned Zig links.
 * @param {string} folder
 */
async function ownFlags(folder) {
  const { path } = await findZig() ?? await installZig();
  const linker = join(folder, 'linker.sh');
  writeFileSync(linker, `#!/bin/sh\nexec '${path}' cc "$@"\n`, { mode: 0o755 });
  return [`-Clinker=${linker}`, '-Ctarget-cpu=native'];
}

/**
 * Runs a step to its end, or fails with the last that it said.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {string} cwd
 * @param {NodeJS.ProcessEnv} [env]
 */
export async function mustRun(command, args, cwd, env = process.env) {
  const outcome = await runQuietly(command, [...args], { cwd, env });
  if (outcome.code === 0) return;
  throw new Error(`"${command.split('/').at(-1)}" failed:\n${tailOf(outcome, 12)}`);
}
