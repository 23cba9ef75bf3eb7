/** Texts that the string tasks pass: of an exact length in UTF-8, flat, the same on every run. */

export const charsets = ['ascii', 'latin1', 'bmp', 'astral'] as const;
export type Charset = (typeof charsets)[number];

/**
 * Long texts, each in the three widths that engines store; a text is ASCII where nothing is said.
 * Those of 4 KB and 64 KB of ASCII are in every sweep already.
 */
export const longTexts: readonly { readonly bytes: number; readonly charset?: Charset }[] = [
  ...[2 ** 20, 2 ** 22].map((bytes) => ({ bytes })),
  ...(['latin1', 'bmp'] as const).flatMap((charset) =>
    [4096, 65536, 2 ** 20, 2 ** 22].map((bytes) => ({ bytes, charset }))
  ),
];

/** Characters by charset; each takes one, two, three or four bytes in UTF-8. */
const alphabets: Record<Charset, readonly string[]> = {
  ascii: [...'etaoinshrdlucmfwypvbgkjqxz'],
  latin1: [...'éèüöäñçßøåæîûô'],
  bmp: [...'漢字仮名交文京都東西南北山川'],
  astral: [...'😀🚀🌍🎉🐍🦀🍎🎧'],
};
const widths: Record<Charset, number> = { ascii: 1, latin1: 2, bmp: 3, astral: 4 };

/** Characters after which a long text starts again. */
const period = 8192;

/**
 * A text of exactly `bytes` bytes in UTF-8; what is left over after whole characters is filled with
 * ASCII. `variant` gives another text of the same length. Engines build such a string as a rope;
 * going through an encoder and back makes it flat.
 */
export function text(bytes: number, charset: Charset = 'ascii', variant = 0): string {
  const letters = alphabets[charset];
  const count = Math.floor(bytes / widths[charset]);
  const some = Array.from(
    { length: Math.min(count, period) },
    (_, i) => letters[(i * 7 + variant * 3 + (i >> 3)) % letters.length]!,
  );
  const made = some.join('').repeat(Math.floor(count / period) || 1) +
    (count > period ? some.slice(0, count % period).join('') : '') +
    'x'.repeat(bytes - count * widths[charset]);
  return new TextDecoder().decode(new TextEncoder().encode(made));
}

/** The wrapping 32-bit sum of a text's UTF-8 bytes, by the platform's encoder. */
export function byteSum(value: string): number {
  const bytes = new TextEncoder().encode(value);
  let sum = 0;
  for (let i = 0; i < bytes.length; i++) sum = (sum + bytes[i]!) >>> 0;
  return sum;
}

/** The wrapping 32-bit sum of a text's UTF-16 units. */
export function unitSum(value: string): number {
  let sum = 0;
  for (let i = 0; i < value.length; i++) sum = (sum + value.charCodeAt(i)) | 0;
  return sum >>> 0;
}

/**
 * As `byteSum`, without an encoder: the work of a plain JavaScript program. A half of a surrogate
 * pair that stands alone counts as U+FFFD, which is what an encoder makes of it.
 */
export function byteSumPlain(value: string): number {
  let sum = 0;
  for (let i = 0; i < value.length; i++) {
    const unit = value.charCodeAt(i);
    if (unit < 0x80) {
      sum = (sum + unit) | 0;
    } else {
      const point = unit < 0xd800 || unit > 0xdfff ? unit : pairAt(value, i);
      if (point > 0xffff) i++;
      sum = (sum + pointSum(point)) | 0;
    }
  }
  return sum >>> 0;
}

/** The code point of a surrogate pair, U+FFFD where the other half is missing. */
function pairAt(value: string, at: number): number {
  const high = value.charCodeAt(at);
  const low = at + 1 < value.length ? value.charCodeAt(at + 1) : 0;
  const isPair = high < 0xdc00 && low >= 0xdc00 && low <= 0xdfff;
  return isPair ? 0x10000 + ((high & 0x3ff) << 10) + (low & 0x3ff) : 0xfffd;
}

/** The sum of the bytes of one code point above U+007F. */
function pointSum(point: number): number {
  if (point < 0x800) return (0xc0 | point >> 6) + (0x80 | point & 0x3f);
  const rest = (0x80 | point >> 6 & 0x3f) + (0x80 | point & 0x3f);
  return point > 0xffff
    ? (0xf0 | point >> 18) + (0x80 | point >> 12 & 0x3f) + rest
    : (0xe0 | point >> 12) + rest;
}
