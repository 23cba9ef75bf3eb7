/** The environment of a worker: an allow-list, so that no variable of a user changes a number. */
import process from 'node:process';

/** What a process needs to start at all, on any system. */
const passedOn = ['HOME', 'PATH', 'TMPDIR', 'TEMP', 'TMP', 'SystemRoot', 'USERPROFILE'];

/** The variables that a worker gets: the few passed on, and its runtime's own. */
export function workerEnvironment(own: Readonly<Record<string, string>>): Record<string, string> {
  const passed = passedOn.flatMap((name) => {
    const value = process.env[name];
    return value === undefined ? [] : [[name, value]];
  });
  return { ...Object.fromEntries(passed), ...own };
}
