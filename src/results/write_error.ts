/**
 * The error of a file that could not be written: its message is a sentence that names the file and
 * what the system refused.
 */

const reasons: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full',
  EDQUOT: 'the quota of the disk is used up',
  EROFS: 'the file system is read-only',
  EACCES: 'permission is denied',
  EPERM: 'the system does not permit it',
  EIO: 'the disk reports an error',
  EFBIG: 'the file would be larger than is allowed',
  ENOENT: 'its folder is gone',
};

/** Names the file and the reason; what was written before is still there. */
export class WriteError extends Error {
  override readonly name = 'WriteError';
  constructor(path: string, error: unknown) {
    const { code, message } = error as NodeJS.ErrnoException;
    super(`${path} could not be written: ${reasons[code ?? ''] ?? message}.`);
  }
}

/** Does something to a file; what the system refuses becomes a WriteError that names the file. */
export function writing<T>(path: string, act: () => T): T {
  try {
    return act();
  } catch (error) {
    if (typeof (error as NodeJS.ErrnoException).code !== 'string') throw error;
    throw new WriteError(path, error);
  }
}
