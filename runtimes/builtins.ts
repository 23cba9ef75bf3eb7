/**
 * What the runtime that runs this process has built in, of the work that the library does too: of
 * each, the fastest form. `bench/forms.ts` holds the choices against the others.
 */
import buffer, { Buffer } from 'node:buffer';
import crypto from 'node:crypto';
import zlib from 'node:zlib';
import type { Builtins } from '../src/catalogue/lane.ts';

// By their modules: older runtimes lack some, and would refuse the import.
const { isUtf8 } = buffer;
const { hash } = crypto;
const { crc32 } = zlib;

/** Bun's own hash, which needs no object for a call; absent elsewhere. */
const { Bun } = globalThis as {
  Bun?: { readonly SHA256: { hash(bytes: Uint8Array, into: Uint8Array): Uint8Array } };
};

function sha256(): Builtins['sha256'] {
  if (Bun === undefined) return (bytes) => hash('sha256', bytes, 'buffer');
  const { SHA256 } = Bun;
  const kept = new Uint8Array(32);
  return (bytes) => SHA256.hash(bytes, kept);
}

/** Bun's own method is the faster one. A program elsewhere has its bytes in a kept `Buffer`. */
function base64(): Builtins['base64'] {
  if (Bun !== undefined) {
    return (bytes) => (bytes as Uint8Array & { toBase64(): string }).toBase64();
  }
  let last = new Uint8Array(0);
  let kept = Buffer.from(last.buffer);
  return (bytes) => {
    if (bytes !== last) {
      last = bytes as typeof last;
      kept = Buffer.from(last.buffer, last.byteOffset, last.length);
    }
    return kept.toString('base64');
  };
}

export const builtins: Builtins = {
  crc32: (bytes) => crc32(bytes),
  sha256: sha256(),
  base64: base64(),
  isUtf8: (bytes) => isUtf8(bytes),
};
