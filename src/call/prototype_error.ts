/** The error of a prototype: a sentence, and below it the prototype with carets under the place. */

/** Says what is wrong at some characters of a prototype. */
export class PrototypeError extends Error {
  constructor(sentence: string, source: string, from: number, to: number) {
    const carets = ' '.repeat(from) + '^'.repeat(Math.max(1, to - from));
    super(`${sentence}\n  ${source.replace(/\s/g, ' ')}\n  ${carets}`);
  }
}
