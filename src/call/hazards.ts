/** What is not called with arguments of the tool's choice: it would end or start something. */

/** By what they do, functions of C's and POSIX's libraries. */
const hazards: Readonly<Record<string, string>> = {
  'sends signals to processes': 'kill killpg tgkill raise pthread_kill',
  'starts a process': 'system popen posix_spawn posix_spawnp execl execlp execle execv execvp ' +
    'execve execvpe fork vfork daemon clone',
  'ends the process': 'exit _exit _Exit quick_exit abort reboot',
  'changes files': 'unlink unlinkat remove rmdir rename renameat renameat2 truncate truncate64 ' +
    'ftruncate ftruncate64 mkstemp mkstemps mkdtemp tmpfile tmpfile64 tmpnam tempnam',
  'closes files of the process itself': 'close fclose dup2 dup3 close_range closefrom',
  'changes the system': 'setuid setgid seteuid setegid setreuid setregid setsid setpgid chroot ' +
    'mount umount umount2 sethostname settimeofday stime clock_settime swapon swapoff',
};

/** What a function does that is not done without being asked for; null for all others. */
export function hazardOf(symbol: string): string | null {
  return Object.keys(hazards).find((what) => hazards[what]!.split(' ').includes(symbol)) ?? null;
}
