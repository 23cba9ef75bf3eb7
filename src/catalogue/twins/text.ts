/** Base64, UTF-8 validation and the numbers of a JSON document in plain JavaScript. */

const alphabet = new TextEncoder().encode(
  'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/',
);
const padding = 61;

/** Base64 (RFC 4648, section 4) into `out`; returns how many bytes it wrote. */
export function base64(bytes: Uint8Array, out: Uint8Array): number {
  const rest = bytes.length % 3;
  const whole = bytes.length - rest;
  let to = 0;
  for (let i = 0; i < whole; i += 3) {
    const bits = bytes[i]! << 16 | bytes[i + 1]! << 8 | bytes[i + 2]!;
    out[to] = alphabet[bits >> 18]!;
    out[to + 1] = alphabet[bits >> 12 & 63]!;
    out[to + 2] = alphabet[bits >> 6 & 63]!;
    out[to + 3] = alphabet[bits & 63]!;
    to += 4;
  }
  if (rest === 0) return to;
  const bits = bytes[whole]! << 16 | (rest === 2 ? bytes[whole + 1]! << 8 : 0);
  out[to] = alphabet[bits >> 18]!;
  out[to + 1] = alphabet[bits >> 12 & 63]!;
  out[to + 2] = rest === 2 ? alphabet[bits >> 6 & 63]! : padding;
  out[to + 3] = padding;
  return to + 4;
}

/** Whether bytes are well-formed UTF-8 (Unicode, table 3-7). */
export function isUtf8(bytes: Uint8Array): boolean {
  const length = bytes.length;
  for (let i = 0; i < length;) {
    const first = bytes[i++]!;
    if (first < 0x80) continue;
    if (first < 0xc2 || first > 0xf4) return false;
    const more = first < 0xe0 ? 1 : first < 0xf0 ? 2 : 3;
    if (i + more > length) return false;
    const least = first === 0xe0 ? 0xa0 : first === 0xf0 ? 0x90 : 0x80;
    const most = first === 0xed ? 0x9f : first === 0xf4 ? 0x8f : 0xbf;
    const second = bytes[i]!;
    if (second < least || second > most) return false;
    for (let k = 1; k < more; k++) if ((bytes[i + k]! & 0xc0) !== 0x80) return false;
    i += more;
  }
  return true;
}

/** The sum of every number in a value that `JSON.parse` gave, in order. */
export function sumOfNumbers(value: unknown): number {
  if (typeof value === 'number') return value;
  if (typeof value !== 'object' || value === null) return 0;
  let sum = 0;
  for (const one of Array.isArray(value) ? value : Object.values(value)) sum += sumOfNumbers(one);
  return sum;
}
