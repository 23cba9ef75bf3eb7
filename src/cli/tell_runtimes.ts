/** Tells the package's user which of their runtimes are measured, and how to have the rest. */
import process from 'node:process';
import { isPackage } from '../boot/places.mjs';
import { readTools } from '../boot/tools.mjs';
import { absentPackages } from '../machine/packages_beside.ts';
import type { Session } from '../session/prepare.ts';

/** A line on stderr before the first launch; none in a checkout, whose runtimes are its own. */
export function tellRuntimes({ line: { arms } }: Session): void {
  if (!isPackage) return;
  const measured = new Set(
    arms.filter(({ runtime }) => runtime !== 'native')
      .map(({ runtime, version, path }) => `${runtime} ${version} (${path})`),
  );
  const named = new Set<string>(arms.map(({ runtime }) => runtime));
  const missing = Object.entries(readTools().runtimes).flatMap(([name, tool]) =>
    tool.state === 'missing' && !named.has(name) ? [tool.reason] : []
  );
  const sentences = [`Measuring ${[...measured].join(', ')}`, ...missing, ...absentPackages()];
  process.stderr.write(`${sentences.map((sentence) => `${sentence}.\n`).join('')}`);
}
