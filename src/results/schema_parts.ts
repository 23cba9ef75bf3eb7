/**
 * The small words that every schema of this folder is spelled with: names, times, counts and their
 * limits. A limit stands here once and reaches the types, the checks and the published JSON Schema.
 */
import Type, { type TSchema } from 'typebox';

/** Limits on what a journal or document may hold; reading refuses what exceeds them. */
export const limits = {
  nameChars: 200,
  pathChars: 4096,
  textChars: 8192,
  stderrTailChars: 4096,
  traceSlices: 48,
  attempts: 3,
  arms: 200,
  cases: 100_000,
  launches: 1_000_000,
  notes: 10_000,
  items: 1000,
} as const;

/** The nine levels of `quantiles_ns`, in its order. */
export const quantileLevels = [0, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 1] as const;

const noMarkup = '^[^\\u0000-\\u001f\\u007f<>&"\'`]+$';
const noControl = '^[^\\u0000-\\u001f\\u007f]*$';
const isoTime = '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d+)?Z$';

/** An object that refuses fields it does not name. */
export function strict<P extends Record<string, TSchema>>(fields: P, title?: string) {
  return Type.Object(fields, { additionalProperties: false, ...(title ? { title } : {}) });
}

/** The given schema, or null where the figure was not to be had. */
export function orNull<const S extends TSchema>(schema: S) {
  return Type.Union([schema, Type.Null()]);
}

/** One of a few fixed words. */
export function oneOf<const W extends string>(...words: [W, ...W[]]) {
  return Type.Enum(words);
}

/** A label, id or version: no control characters and nothing that markup is made of. */
export const Name = Type.String({ minLength: 1, maxLength: limits.nameChars, pattern: noMarkup });

/** A path or an argument of a command line: anything but control characters. */
export const Path = Type.String({ maxLength: limits.pathChars, pattern: noControl });

/** Free text. Untrusted: it must be escaped where it is shown. */
export const Text = Type.String({ maxLength: limits.textChars });

/** A time of day in UTC, as `Date.prototype.toISOString` writes it. */
export const IsoTime = Type.String({ maxLength: 40, pattern: isoTime });

/** A whole number from zero. */
export const Count = Type.Integer({ minimum: 0 });

/** A measured amount that cannot be negative: a time, a load, a number of bytes. */
export const Amount = Type.Number({ minimum: 0 });
