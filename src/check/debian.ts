// Packages of the distribution that single gates need: installed where a root user runs the tests
// on a Debian-like system.
import { existsSync } from 'node:fs';
import process from 'node:process';
import { runQuietly, tailOf } from '../boot/child.mjs';

/** How long another installation is waited for, in s. */
const patience_s = 300;

/**
 * Installs packages; returns what to say at the end of a sentence on what is still missing: a full
 * stop where nothing could be tried, else what the installer said.
 */
export async function installDebian(packages: readonly string[]): Promise<string> {
  const isRoot = process.platform === 'linux' && process.getuid?.() === 0;
  if (!isRoot || !existsSync('/usr/bin/apt-get')) return '.';
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  // Another installation may be under way; without this, apt-get fails at once.
  const patient = ['-qq', '-o', `DPkg::Lock::Timeout=${patience_s}`];
  await runQuietly('apt-get', ['update', ...patient], { env });
  const install = ['install', ...patient, '-y', '--no-install-recommends', ...packages];
  return `; apt-get said:\n${tailOf(await runQuietly('apt-get', install, { env }))}`;
}
