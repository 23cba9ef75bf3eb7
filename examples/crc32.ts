/**
 * What zlib's CRC-32 is held against: the usual table in JavaScript.
 *
 *     ffi-bench call libz.so.1 \
 *       "unsigned long crc32(unsigned long crc, const unsigned char *buf, unsigned len)" \
 *       --arg crc=0 --arg buf=bytes:64..64K --against examples/crc32.ts#crc32
 */

const table = new Uint32Array(256).map((_, byte) => {
  let entry = byte;
  for (let bit = 0; bit < 8; bit++) entry = (entry >>> 1) ^ (entry & 1 ? 0xedb88320 : 0);
  return entry;
});

/** The CRC-32 of the first `length` bytes, going on from `crc`. */
export function crc32(crc: number, bytes: Uint8Array, length: number): number {
  let state = ~crc;
  for (let i = 0; i < length; i++) state = table[(state ^ bytes[i]!) & 0xff]! ^ (state >>> 8);
  return ~state >>> 0;
}
