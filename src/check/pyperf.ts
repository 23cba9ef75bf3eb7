// pyperf, which the test of the exports hands its files to: installed once into .tools/ by the
// machine's own Python.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { withLock } from '../boot/lock.mjs';
import { findPython, PipError, pipInstall } from '../boot/pip.mjs';
import { toolFolder, versions } from '../boot/versions.mjs';

/** Environment variables by which the test learns of the Python and of the folder with pyperf. */
export const pyperfVariables = { python: 'FFI_BENCH_PYTHON', folder: 'FFI_BENCH_PYPERF' } as const;

/** Names Python and pyperf to the test; installs pyperf, or fails with a sentence. */
export async function providePyperf(): Promise<Record<string, string>> {
  const { package: name, version } = versions.pyperf;
  const folder = join(toolFolder, `${name}@${version}`);
  try {
    await withLock(`${folder}.lock`, async () => {
      if (!existsSync(folder)) await pipInstall(name, version, folder);
    });
    return {
      [pyperfVariables.python]: await findPython(),
      [pyperfVariables.folder]: folder,
    };
  } catch (error) {
    if (!(error instanceof PipError)) throw error;
    throw new Error(
      `The test of the exports needs ${name} ${version}, which could not be installed. Install ` +
        `Python 3 with pip and check the network. It said:\n${error.message}`,
    );
  }
}
