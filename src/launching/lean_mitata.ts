/**
 * mitata without what it does at every start that a launch has no use for: 20 to 30 ms of it, while
 * a launch measures for less than 100. The loop that is timed stays as it is.
 */
import type { Plugin } from 'esbuild';
import { readFileSync } from 'node:fs';

/** What is left out, as text of mitata's `lib.mjs`, and what stands there instead. */
const replacements: readonly (readonly [text: string, by: string])[] = [
  // It collects garbage to see whether it can; launches collect right before they measure.
  ['return (Bun.gc(true), () =>', 'if (globalThis.Bun) return (() =>'],
  ['return (globalThis.gc(), () =>', 'if (globalThis.gc) return (() =>'],
  // It looks for clocks by calling them; the first error that is thrown costs Deno 8 ms.
  ['Bun.nanoseconds();\n    return', 'if (globalThis.Bun) return'],
  ['$.agent.monotonicNow();\n    return', 'if ($.agent) return'],
  ['$262.agent.monotonicNow();\n    return', 'if (globalThis.$262) return'],
  // It makes room for 2^20 samples, 8 MB that are filled twice; a launch takes a few hundred.
  [
    'let _ = 0; let t = 0;\n    let samples = new Array(2 ** 20);',
    'let _ = 0; let t = 0;\n    let samples = [];',
  ],
];

/** The text of mitata's `lib.mjs`, lean. Throws where it is another text than this one knows. */
export function leanMitata(source: string): string {
  return replacements.reduce((text, [wanted, by]) => {
    const pieces = text.split(wanted);
    if (pieces.length === 2) return pieces.join(by);
    throw new Error(
      `mitata's lib.mjs holds ${
        pieces.length - 1
      } times, and not once, what a launch leaves out: ` +
        `${JSON.stringify(wanted)}. src/launching/lean_mitata.ts was written for another version.`,
    );
  }, source);
}

/** Has esbuild take mitata lean. */
export const leanMitataPlugin: Plugin = {
  name: 'lean-mitata',
  setup(build) {
    build.onLoad({ filter: /[\\/]mitata[\\/]src[\\/]lib\.mjs$/ }, ({ path }) => ({
      contents: leanMitata(readFileSync(path, 'utf8')),
      loader: 'js',
    }));
  },
};
