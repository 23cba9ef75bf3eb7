/** What the codes mean by which the library's step functions refuse; see zig/step.zig. */

const problems: Readonly<Record<number, string>> = {
  [-1]: 'a thread can step itself on Linux on x86-64 alone',
  [-2]: 'another thread of this process is being stepped',
  [-5]: 'the system does not list the mappings of this process',
  [-6]: 'the system lets no handler for traps be set',
  [-7]: 'no trap arrives: a debugger takes them, or the machine is emulated',
  [-8]: 'its calls execute too many instructions to step through in the time for it',
  [-9]: 'what was counted lies in too many places',
};

/** The reason that a code of the library stands for; null for 0. */
export function whyNotStepped(code: number): string | null {
  return code === 0 ? null : problems[code] ?? `the library answers ${code}`;
}
