/**
 * Has a library find its own functions before Node's. The `node` binary exports those of the zlib,
 * OpenSSL, Zstandard and others that are built into it, and the loader takes them first: what a
 * user's library calls inside itself would be Node's copies.
 */
import { constants } from 'node:os';
import process from 'node:process';

/** Keeps a library loaded when it is closed; of glibc, and not among Node's constants. */
const keepLoaded = 0x1000;

/** Loads a library so that it binds to itself and what it needs first. Linux alone knows that. */
export function bindLocally(library: string): void {
  const { RTLD_NOW: now, RTLD_DEEPBIND: deep } = constants.dlopen;
  if (process.platform !== 'linux' || deep === undefined) return;
  try {
    process.dlopen({ exports: {} }, library, now! | deep | keepLoaded);
  } catch {
    // It is no addon, which Node says after it has loaded it.
  }
}
