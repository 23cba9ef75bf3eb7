/** Texts that the string tasks pass: of an exact length in UTF-8, flat, the same on every run. */

export const charsets = ['ascii', 'latin1', 'bmp', 'astral'] as const;
export type Charset = (typeof charsets)[number];

/** Characters by charset; each takes one, two, three or four bytes in UTF-8. */
const alphabets: Record<Charset, readonly string[]> = {
  ascii: [...'etaoinshrdlucmfwypvbgkjqxz'],
  latin1: [...'éèüöäñçßøåæîûô'],
  bmp: [...'漢字仮名交文京都東西南北山川'],
  astral: [...'😀🚀🌍🎉🐍🦀🍎🎧'],
};
const widths: Record<Charset, number> = { ascii: 1, latin1: 2, bmp: 3, astral: 4 };

/**
 * A text of exactly `bytes` bytes in UTF-8; what is left over after whole characters is filled with
 * ASCII. `variant` gives another text of the same length. Engines build such a string as a rope;
 * going through an encoder and back makes it flat.
 */
export function text(bytes: number, charset: Charset = 'ascii', variant = 0): string {
  const letters = alphabets[charset];
  const count = Math.floor(bytes / widths[charset]);
  let made = '';
  for (let i = 0; i < count; i++) {
    made += letters[(i * 7 + variant * 3 + (i >> 3)) % letters.length];
  }
  made += 'x'.repeat(bytes - count * widths[charset]);
  return new TextDecoder().decode(new TextEncoder().encode(made));
}

/** The wrapping 32-bit sum of a text's UTF-8 bytes, by the platform's encoder. */
export function byteSum(value: string): number {
  return new TextEncoder().encode(value).reduce((sum, byte) => (sum + byte) >>> 0, 0);
}

/** The same without an encoder, from the string itself: the work of a plain JavaScript program. */
export function byteSumPlain(value: string): number {
  let sum = 0;
  for (let i = 0; i < value.length; i++) {
    let unit = value.charCodeAt(i);
    if (unit < 0x80) {
      sum += unit;
      continue;
    }
    if (unit < 0x800) {
      sum += (0xc0 | unit >> 6) + (0x80 | unit & 0x3f);
      continue;
    }
    if (unit >= 0xd800 && unit < 0xdc00) {
      unit = 0x10000 + ((unit & 0x3ff) << 10) + (value.charCodeAt(++i) & 0x3ff);
      sum += (0xf0 | unit >> 18) + (0x80 | unit >> 12 & 0x3f);
    } else {
      sum += 0xe0 | unit >> 12;
    }
    sum += (0x80 | unit >> 6 & 0x3f) + (0x80 | unit & 0x3f);
  }
  return sum >>> 0;
}
