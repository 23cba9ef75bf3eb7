/** The error of a prototype: a sentence, and below it the prototype with carets under the place. */

/** Characters of a long text that are shown on each side of the place. */
const shownAround = 100;

/** Says what is wrong at some characters of a prototype. */
export class PrototypeError extends Error {
  constructor(sentence: string, source: string, from: number, to: number) {
    const start = source.length <= 4 * shownAround ? 0 : Math.max(0, from - shownAround);
    const end = source.length <= 4 * shownAround ? source.length : to + shownAround;
    const shown = source.slice(start, end).replace(/\s/g, ' ');
    const carets = ' '.repeat(from - start) + '^'.repeat(Math.max(1, to - from));
    super(`${sentence}\n  ${shown}\n  ${carets}`);
  }
}
