/** The places that runs of one machine take, so that two do not measure at once unknowingly. */
import { join } from 'node:path';
import { type Holder, holderOf, hostMark, type Lock, takeLock } from '../boot/lock.mjs';

/** Most runs at once that are kept apart. */
const places = 16;

/**
 * Takes a place among the runs of this machine; what another machine measures in the same folder
 * does not disturb this one. Where others measure and `beside` is not set, the first of them is
 * returned; with `beside` this run is let in all the same.
 */
export function takePlace(
  folder: string,
  document: string,
  beside: boolean,
): { readonly lock: Lock; readonly others: readonly Holder[] } | { readonly holder: Holder } {
  const paths = Array.from(
    { length: places },
    (_, i) => join(folder, `run-${hostMark}-${i + 1}.lock`),
  );
  const others = paths.map(holderOf).filter((holder) => holder !== null);
  if (others.length > 0 && !beside) return { holder: others[0]! };
  for (const path of paths) {
    const taken = takeLock(path, document);
    if ('lock' in taken) return { lock: taken.lock, others };
    if (!beside) return taken;
    if (!others.some(({ pid }) => pid === taken.holder.pid)) others.push(taken.holder);
  }
  return { holder: others[0]! };
}
