/** The version of the tool, from the one place that states it. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../boot/versions.mjs';

/** As package.json has it. */
export function toolVersion(): string {
  return JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).version;
}
