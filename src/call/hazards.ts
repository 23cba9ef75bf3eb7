/** What is never called with arguments that nobody chose: it would end, start or lose something. */

const hazards: readonly (readonly [RegExp, string])[] = [
  [/^(kill|killpg|tgkill|raise|pthread_kill)$/, 'sends signals to processes'],
  [/^(system|popen|posix_spawnp?|exec[lv]\w*|v?fork|daemon|clone)$/, 'starts a process'],
  [/^(_?exit|_Exit|quick_exit|abort|reboot)$/, 'ends the process'],
  [
    /^(unlink(at)?|remove|rmdir|rename(at2?)?|truncate|ftruncate|mkstemps?|mkdtemp|tmpfile|tmpnam|tempnam)(64)?$/,
    'changes files',
  ],
  [/^(close|fclose|dup[23]|close_range|closefrom)$/, 'closes files of the process itself'],
  [
    /^(set[a-z]*id|chroot|umount2?|mount|sethostname|settimeofday|stime|clock_settime|swapo(n|ff))$/,
    'changes the system',
  ],
];

/** What a function does that is not done without being asked for; null for all others. */
export function hazardOf(symbol: string): string | null {
  return hazards.find(([names]) => names.test(symbol))?.[1] ?? null;
}
