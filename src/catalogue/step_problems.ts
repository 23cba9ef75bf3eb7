/** What the codes mean by which the library's step functions refuse; see zig/step.zig. */

/**
 * Instructions of one stretch at the most: a step takes 1 to 20 µs. It is no limit of time, so that
 * a loaded machine counts what a quiet one does.
 */
export const mostPerStretch = 40_000;
const problems: Readonly<Record<number, string>> = {
  [-1]: 'a thread can step itself on Linux on x86-64 alone',
  [-2]: 'another thread of this process is being stepped',
  [-5]: 'the system does not list the mappings of this process',
  [-6]: 'the system lets no handler for traps be set',
  [-7]: 'no trap arrives: a debugger takes them, or the machine is emulated',
  [-8]: `two calls take over ${mostPerStretch} instructions, too many to step through`,
};

/** The reason that a code of the library stands for; null for 0. */
export function whyNotStepped(code: number): string | null {
  return code === 0 ? null : problems[code] ?? `the library answers ${code}`;
}
