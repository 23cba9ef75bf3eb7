/** Which commit the tool is at, for a document's provenance. */
import { execFileSync } from 'node:child_process';
import { isPackage } from '../boot/places.mjs';
import { shippedRecord } from '../boot/shipped.mjs';

/**
 * Commit and whether the tree was dirty; null where this is no git checkout or there is no git. The
 * package says what it was made from: around it lies a project of its user.
 */
export function readSource(checkout: string): { commit: string | null; dirty: boolean | null } {
  if (isPackage) {
    const { commit, dirty } = shippedRecord();
    return { commit, dirty };
  }
  try {
    const git = (...args: string[]) =>
      execFileSync('git', args, {
        cwd: checkout,
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'ignore'],
      })
        .trim();
    const dirty = git('status', '--porcelain', '--untracked-files=no') !== '';
    return { commit: git('rev-parse', 'HEAD'), dirty };
  } catch {
    return { commit: null, dirty: null };
  }
}
