/**
 * Drives a real browser for the tests of the page, and watches what the page does that it must not:
 * asking for anything, complaining on the console, executing what a label says.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { pathToFileURL } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright-core';
import { chromiumVariable } from '../../src/check/chromium.ts';

const flags = [
  ...['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'],
  ...['--disable-background-networking', '--disable-component-update', '--disable-sync'],
];

/** A page that is open, and what was seen of it. */
export interface OpenPage {
  readonly page: Page;
  /** Requests but that for the page itself. */
  readonly requests: readonly string[];
  /** Errors, warnings and dialogs. */
  readonly complaints: readonly string[];
}

/** More than a browser takes for anything, beside whatever else runs, in ms. */
const patienceMs = 5 * 60_000;

/** Starts the browser that the gate provides. */
export function startBrowser(): Promise<Browser> {
  const executablePath = process.env[chromiumVariable];
  if (executablePath === undefined) throw new Error(`${chromiumVariable} names no browser.`);
  return chromium.launch({ executablePath, args: flags, timeout: patienceMs });
}

/** Opens a page from a file, as a reader would, does something with it and closes it. */
export async function withPage(
  browser: Browser,
  html: string,
  act: (open: OpenPage) => Promise<void>,
  options: Parameters<Browser['newContext']>[0] = {},
): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'ffi-bench-page-'));
  const file = join(folder, 'page.html');
  writeFileSync(file, html);
  const url = pathToFileURL(file).href;
  const context = await browser.newContext(options);
  context.setDefaultTimeout(patienceMs);
  try {
    const page = await context.newPage();
    const requests: string[] = [];
    const complaints: string[] = [];
    const isInside = (asked: string) => asked === url || /^(data|blob):/.test(asked);
    page.on('request', (request) => {
      if (!isInside(request.url())) requests.push(request.url());
    });
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(String(error)));
    page.on('dialog', (dialog) => {
      complaints.push(`dialog: ${dialog.message()}`);
      void dialog.dismiss();
    });
    await page.goto(url);
    await act({ page, requests, complaints });
  } finally {
    await context.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What a page asks of its reader. */
export interface Demands {
  /**
   * Time from asking a fresh browser for the page until a sort is painted, in ms, less the pauses
   * of the tool: until the page was painted and its script has run, and then the sort itself.
   */
  readonly usableAfterMs: number;
  /** Elements that the keyboard stops at. */
  readonly stops: number;
  /** Sheets of paper, as the page stands when it opens. */
  readonly sheets: number;
}

/** What a page asks for in a processor that is slower by a factor; 1 is the machine as it is. */
export async function demandsOf(path: string, slowdown = 1): Promise<Demands> {
  const browser = await startBrowser();
  try {
    const page = await browser.newPage();
    const session = await page.context().newCDPSession(page);
    await session.send('Emulation.setCPUThrottlingRate', { rate: slowdown });
    await page.goto(pathToFileURL(path).href);
    const usableAfterMs = await page.evaluate(async () => {
      const painted = () =>
        new Promise<void>((settle) =>
          requestAnimationFrame(() => requestAnimationFrame(() => settle()))
        );
      const [ready] = performance.getEntriesByName('usable');
      const [paint] = performance.getEntriesByName('first-contentful-paint');
      const startedAt = performance.now();
      document.querySelector<HTMLButtonElement>('[data-key=cost]')!.click();
      await painted();
      return Math.max(ready!.startTime, paint?.startTime ?? 0) + performance.now() - startedAt;
    });
    await page.reload();
    return { usableAfterMs, stops: await stopsOf(page), sheets: await sheetsOf(page) };
  } finally {
    await browser.close();
  }
}

/** Number of elements that the keyboard stops at. */
export function stopsOf(page: Page): Promise<number> {
  return page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>(
      'a[href], button, input, select, summary, [tabindex]',
    )].filter((item) => item.tabIndex >= 0).length
  );
}

/** Number of sheets that the page prints on. */
export async function sheetsOf(page: Page): Promise<number> {
  return (await page.pdf()).toString('latin1').match(/\/Type \/Page\b/g)!.length;
}
