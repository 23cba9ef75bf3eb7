/**
 * Takes the first screen of the page of each document, wide and narrow, light and dark, and what
 * `report` prints at 80 and 160 columns, so that they can be looked at.
 *
 *     npm run self -- bench/screens.ts FOLDER DOCUMENT...
 *
 * FFI_BENCH_CHROMIUM names the browser; FOLDER is results/screens for those that are kept.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import process from 'node:process';
import { pathToFileURL } from 'node:url';
import { root } from '../src/boot/versions.mjs';
import { startBrowser } from '../test/browser/browser.ts';

const sizes = [{ width: 1400, height: 900 }, { width: 390, height: 844 }];
const columns = [80, 160];

/** What `ffi-bench report` prints on a terminal of so many columns. */
function report(columns: number, ...args: readonly string[]): string {
  const script = join(root, 'src', 'cli', 'main.ts');
  const flags = ['--disable-warning=ExperimentalWarning', script, 'report'];
  const { stdout, stderr, status } = spawnSync(process.execPath, [...flags, ...args], {
    encoding: 'utf8',
    env: { ...process.env, COLUMNS: String(columns) },
  });
  if (status !== 0) throw new Error(stderr);
  return stdout;
}

async function takeScreens(folder: string, documents: readonly string[]): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const scratch = mkdtempSync(join(tmpdir(), 'ffi-bench-screens-'));
  const browser = await startBrowser();
  try {
    for (const path of documents) {
      const name = basename(path).replace(/\.json(\.gz)?$/, '');
      const file = join(scratch, `${name}.html`);
      report(100, path, '--html', file);
      for (const viewport of sizes) {
        for (const colorScheme of ['light', 'dark'] as const) {
          const page = await browser.newPage({ viewport, colorScheme });
          await page.goto(pathToFileURL(file).href);
          const shot = `${name}-${viewport.width}-${colorScheme}.png`;
          await page.screenshot({ path: join(folder, shot) });
          await page.close();
        }
      }
      for (const width of columns) {
        writeFileSync(join(folder, `${name}-${width}.txt`), report(width, path));
      }
    }
  } finally {
    await browser.close();
    rmSync(scratch, { recursive: true, force: true });
  }
}

const [folder, ...documents] = process.argv.slice(2).filter((word) => word !== '--');
if (folder === undefined || documents.length === 0) {
  process.stderr.write('Usage: npm run self -- bench/screens.ts FOLDER DOCUMENT...\n');
  process.exitCode = 2;
} else {
  await takeScreens(folder, documents);
}
