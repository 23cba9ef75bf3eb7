/**
 * What the runtime that runs this process has built in, of the work that the library does too: of
 * each, the fastest form. `bench/forms.ts` holds the choices against the others.
 */
import type bufferModule from 'node:buffer';
import type cryptoModule from 'node:crypto';
import type zlibModule from 'node:zlib';
import { builtInNow } from './host/built_in.ts';
import type { Builtins } from '../src/catalogue/lane.ts';

/** Bun's own hash, which needs no object for a call; absent elsewhere. */
const { Bun } = globalThis as {
  Bun?: { readonly SHA256: { hash(bytes: Uint8Array, into: Uint8Array): Uint8Array } };
};

/** A built-in module, or a sentence where a runtime is too old for it. */
function need<M>(name: `node:${string}`): M {
  const found = builtInNow<M>(name);
  if (found === null) throw new Error(`This runtime is too old for process.getBuiltinModule.`);
  return found;
}

function sha256(): Builtins['sha256'] {
  if (Bun === undefined) {
    const { hash } = need<typeof cryptoModule>('node:crypto');
    return (bytes) => hash('sha256', bytes, 'buffer');
  }
  const { SHA256 } = Bun;
  const kept = new Uint8Array(32);
  return (bytes) => SHA256.hash(bytes, kept);
}

/** Bun's own method is the faster one. A program elsewhere has its bytes in a kept `Buffer`. */
function base64(): Builtins['base64'] {
  if (Bun !== undefined) {
    return (bytes) => (bytes as Uint8Array & { toBase64(): string }).toBase64();
  }
  const { Buffer } = need<typeof bufferModule>('node:buffer');
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

/** Each is made when it is asked for, since a module that is loaded costs the start of a launch. */
export const builtins: Builtins = {
  get crc32() {
    const { crc32 } = need<typeof zlibModule>('node:zlib');
    return (bytes: Uint8Array) => crc32(bytes);
  },
  get sha256() {
    return sha256();
  },
  get base64() {
    return base64();
  },
  get isUtf8() {
    const { isUtf8 } = need<typeof bufferModule>('node:buffer');
    return (bytes: Uint8Array) => isUtf8(bytes);
  },
};
