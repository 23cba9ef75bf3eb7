/**
 * Every form that is known of the work that runtimes have built in. The forms that the catalogue
 * uses stand in `runtimes/builtins.ts` and are measured beside these.
 */
import { Buffer } from 'node:buffer';
import { createHash, hash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { builtins as chosen } from '../../runtimes/builtins.ts';
import { pattern } from '../../src/catalogue/inputs.ts';
import { text } from '../../src/catalogue/texts.ts';
import type { Family } from './forms.ts';

type Bytes = Uint8Array<ArrayBuffer>;

/** What one runtime alone has; a form that uses it is left out elsewhere. */
interface BunOnly {
  readonly hash: { crc32(bytes: Bytes): number };
  readonly SHA256: { hash(bytes: Bytes, into: Uint8Array): Uint8Array };
}

/** Bun's own, where it is there. Throws elsewhere, which leaves the form out. */
function bunOnly(): BunOnly {
  const { Bun } = globalThis as { Bun?: BunOnly };
  if (Bun === undefined) throw new Error('This form is of Bun alone.');
  return Bun;
}

/** The same bytes whenever they are asked for, as tasks hand them over. */
const inputs = Object.fromEntries([64, 1024, 65536, 1048576].map((bytes) => {
  const made = pattern(bytes) as Bytes;
  return [`${bytes}`, () => made];
}));

const crc: Family<Bytes> = {
  says: 'the CRC-32 of bytes',
  inputs,
  chosen: () => chosen.crc32,
  others: {
    zlib: () => (bytes) => crc32(bytes),
    bun_hash: () => {
      const { hash } = bunOnly();
      return (bytes) => hash.crc32(bytes);
    },
  },
};

const sha: Family<Bytes> = {
  says: 'the SHA-256 of bytes, as bytes',
  inputs,
  chosen: () => chosen.sha256,
  others: {
    crypto_hash: () => (bytes) => hash('sha256', bytes, 'buffer'),
    create_hash: () => (bytes) => createHash('sha256').update(bytes).digest(),
    bun_sha256: () => {
      const { SHA256 } = bunOnly();
      const kept = new Uint8Array(32);
      return (bytes) => SHA256.hash(bytes, kept);
    },
  },
};

const base64: Family<Bytes> = {
  says: 'bytes as a Base64 string',
  inputs,
  chosen: () => chosen.base64,
  others: {
    buffer_to_string: () => (bytes) => Buffer.from(bytes.buffer).toString('base64'),
    kept_buffer_to_string: (bytes) => {
      const kept = Buffer.from(bytes.buffer);
      return () => kept.toString('base64');
    },
    to_base64: () => (bytes) => (bytes as Bytes & { toBase64(): string }).toBase64(),
  },
};

const utf8: Family<Bytes> = {
  says: 'whether bytes are UTF-8',
  inputs: Object.fromEntries(
    Object.keys(inputs).map((bytes) => [
      bytes,
      () => new TextEncoder().encode(text(Number(bytes), 'bmp')) as Bytes,
    ]),
  ),
  chosen: () => chosen.isUtf8,
  others: {
    fatal_decoder: () => {
      const decoder = new TextDecoder('utf-8', { fatal: true });
      return (bytes) => decoder.decode(bytes);
    },
  },
};

export const builtinFamilies = { crc, sha, base64, utf8 };
