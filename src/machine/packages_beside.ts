/**
 * npm packages that lanes load. A checkout has them; the installed package finds them beside
 * itself, where the user who wants the lane has installed them.
 */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { lanes } from '../../runtimes/lanes.ts';
import { type LaneRow } from '../../runtimes/registry.ts';
import { isPackage, stateFolder } from '../boot/places.mjs';
import { root } from '../boot/versions.mjs';

/** The node_modules folder that a worker finds a package in; null where there is none. */
export function packageFolder(name: string): string | null {
  for (let folder = root;; folder = dirname(folder)) {
    const modules = join(folder, 'node_modules');
    if (existsSync(join(modules, name, 'package.json'))) return modules;
    if (dirname(folder) === folder) return null;
  }
}

/** Why a lane cannot run without its package, and how it is installed. */
export function whyNoPackage(name: string): string {
  const { peerDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const wanted = `${name}@${peerDependencies[name]}`;
  return `${name} is not installed beside ffi-bench: "npm install ffi-bench ${wanted}" has both`;
}

/** How lanes that the installed package lacks can be had, in sentences without a stop. */
export function absentPackages(): string[] {
  const names = new Set(lanes.flatMap((row) => row.package ?? []));
  return [...names].filter((name) => packageFolder(name) === null).map(whyNoPackage);
}

/** What a worker of a lane may read, as a permission has it. */
export function readableFolders(row: Pick<LaneRow, 'package'>): string {
  if (!isPackage) return root;
  const modules = row.package === undefined ? null : packageFolder(row.package);
  return [root, stateFolder, ...(modules === null ? [] : [modules])].join(',');
}
