/** What a run claims before it starts: its document for itself, and the machine for its numbers. */
import { type Holder, isOfThisHost, type Lock, takeLock, whoIs } from '../boot/lock.mjs';
import { claimCache, stateFolder } from '../boot/places.mjs';
import { usageError } from '../usage/errors.ts';
import { takePlace } from '../session/lock.ts';
import { WriteError, writing } from '../results/write_error.ts';

/** The claims of a run. */
export interface Claims {
  /** What the document must say about other runs; null where there was none. */
  readonly note: string | null;
  release(): void;
}

/** The lock that lies beside a document while it is being made. */
export function lockOf(document: string): string {
  return document.replace(/(\.json(\.gz)?)?$/, '.lock');
}

/**
 * Claims a document and the machine. Refuses where another run writes the same document, and,
 * unless `beside` is set, where another run of this checkout measures at the moment.
 */
export function claim(document: string, beside: boolean): Claims {
  claimCache();
  const path = lockOf(document);
  const own = lockDocument(path, document);
  if ('holder' in own) {
    throw usageError(
      `${document} is being written by another run (${whoIs(own.holder)}): name another file ` +
        `with --out, or wait for it to end.${ofAnotherHost(own.holder, path)}`,
    );
  }
  const place = placeOf(document, beside, own.lock);
  return {
    note: place.others.length === 0
      ? null
      : `Another run measured on this machine at the start of this one (${
        place.others.map(whoIs).join('; ')
      }): the numbers of both are doubtful.`,
    release() {
      place.lock.release();
      own.lock.release();
    },
  };
}

function lockDocument(path: string, document: string) {
  try {
    return writing(path, () => takeLock(path, document));
  } catch (error) {
    if (!(error instanceof WriteError)) throw error;
    throw usageError(`${error.message} Name another file with --out.`);
  }
}

function placeOf(document: string, beside: boolean, own: Lock) {
  const folder = stateFolder;
  try {
    const place = writing(folder, () => takePlace(folder, document, beside));
    if (!('holder' in place)) return place;
    throw usageError(
      `Another run is measuring on this machine (${whoIs(place.holder)}, writing ` +
        `${place.holder.document}). Two at once spoil the numbers of both: wait for it to end, ` +
        'or give --beside to measure all the same; the document will say so.',
    );
  } catch (error) {
    own.release();
    throw error;
  }
}

/** What to do about a lock that no run of this host may take away. */
function ofAnotherHost(holder: Holder, path: string): string {
  if (isOfThisHost(holder)) return '';
  return ` If no run of ${holder.host} writes it any more, delete ${path}.`;
}
