// The browser that the page's test drives: one that is installed, or, where a root user runs the
// tests on a Debian-like system, the distribution's package.
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import process from 'node:process';
import { installDebian } from './debian.ts';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];
const macBrowsers = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/** Environment variable by which a browser is named, and by which the test learns of it. */
export const chromiumVariable = 'FFI_BENCH_CHROMIUM';

/** Names the browser to the test; installs it where that is possible, or fails with a sentence. */
export async function provideChromium(): Promise<Record<string, string>> {
  const path = findChromium() ?? await installChromium();
  return { [chromiumVariable]: path };
}

function findChromium(): string | undefined {
  const named = process.env[chromiumVariable];
  if (named !== undefined) return named;
  const folders = (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  const onPath = folders.flatMap((folder) => names.map((name) => join(folder, name)));
  return [...onPath, ...macBrowsers].find((path) => existsSync(path));
}

async function installChromium(): Promise<string> {
  const said = await installDebian(['chromium']);
  const path = findChromium();
  if (path === undefined) throw new Error(whatToInstall(said));
  return path;
}

function whatToInstall(rest: string): string {
  return 'The test of the page needs a Chromium or Chrome: install the package "chromium", or ' +
    `set ${chromiumVariable} to the path of a browser${rest}`;
}
