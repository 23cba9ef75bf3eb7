/** What the runtime that runs this process has built in, of the work that the library does too. */
import { Buffer, isUtf8 } from 'node:buffer';
import { hash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import type { Builtins } from '../src/catalogue/lane.ts';

export const builtins: Builtins = {
  crc32: (bytes) => crc32(bytes),
  sha256: (bytes) => hash('sha256', bytes, 'buffer'),
  base64: (bytes) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('base64'),
  isUtf8: (bytes) => isUtf8(bytes),
};
