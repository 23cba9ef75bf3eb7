/**
 * Takes the first screen of every kind of page, wide and narrow, light and dark, and what the
 * terminal shows at 80 and 160 columns, so that they can be looked at.
 *
 *     npm run self -- bench/screens.ts FOLDER DOCUMENT...
 *
 * FFI_BENCH_CHROMIUM names the browser; FOLDER is results/screens for those that are kept.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import process from 'node:process';
import { pathToFileURL } from 'node:url';
import { openDocument } from '../src/analysis/open.ts';
import { pageText } from '../src/cli/page.ts';
import { renderSections } from '../src/report/sections.ts';
import { startBrowser } from '../test/browser/browser.ts';

const sizes = [{ width: 1400, height: 900 }, { width: 390, height: 844 }];

async function takeScreens(folder: string, documents: readonly string[]): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const scratch = mkdtempSync(join(tmpdir(), 'ffi-bench-screens-'));
  const browser = await startBrowser();
  try {
    for (const path of documents) {
      const name = basename(path, '.json');
      const document = openDocument(path);
      const file = join(scratch, `${name}.html`);
      writeFileSync(file, await pageText(document, basename(path)));
      for (const viewport of sizes) {
        for (const colorScheme of ['light', 'dark'] as const) {
          const page = await browser.newPage({ viewport, colorScheme });
          await page.goto(pathToFileURL(file).href);
          const shot = `${name}-${viewport.width}-${colorScheme}.png`;
          await page.screenshot({ path: join(folder, shot) });
          await page.close();
        }
      }
      for (const width of [80, 160]) {
        const text = renderSections(document, ['heading', 'table', 'summary'], { width });
        writeFileSync(join(folder, `${name}-${width}.txt`), text);
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
