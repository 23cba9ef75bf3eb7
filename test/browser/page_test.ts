/** Tests of the page in a real browser: what it shows, what it obeys, and what it must never do. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { pageText } from '../../src/cli/page.ts';
import { stringifyDocument } from '../../src/results/document.ts';
import { sampleRun } from '../golden/sample_run.ts';
import { startBrowser, withPage } from './browser.ts';
import { attacks, hostileRun, hostileWords } from './hostile_run.ts';

let browser: Browser;
before(async () => {
  browser = await startBrowser();
});
after(() => browser.close());

const run = sampleRun();
const html = await pageText(run, 'run.json');

/** Names of the lines that are shown, in order, as `task lane`. */
function linesOf(page: Page): Promise<string[]> {
  return page.locator('#cases tbody tr:not([hidden]) th').evaluateAll((cells) =>
    cells.map((cell) => (cell.textContent ?? '').replace(/\s+/g, ' ').trim())
  );
}

const allLines = run.cases.map(({ case: name, arm }) => `${name} ${arm}`);

test('the page shows every case, asks for nothing and complains of nothing', async () => {
  await withPage(browser, html, async ({ page, requests, complaints }) => {
    assert.deepEqual(await linesOf(page), allLines);
    assert.match(await page.title(), /^One call into native code costs 1\.25 ns on Bun/);
    for (const id of ['do', 'answers', 'break-even', 'prices', 'absent', 'provenance', 'repeat']) {
      assert.ok(await page.locator(`#${id}`).isVisible(), id);
    }
    const broken = await page.locator('a[href^="#"]').evaluateAll((links) =>
      links.map((link) => link.getAttribute('href')!).filter((href) =>
        document.querySelector(href) === null
      )
    );
    assert.deepEqual(broken, []);
    assert.deepEqual(requests, []);
    assert.deepEqual(complaints, []);
  });
});

test('a click on a heading sorts by it over all tasks, a second one the other way', async () => {
  await withPage(browser, html, async ({ page, complaints }) => {
    const cost = page.locator('th:has(button[data-key=cost])');
    await cost.locator('button').click();
    const ascending = await linesOf(page);
    assert.equal(await cost.getAttribute('aria-sort'), 'ascending');
    assert.equal(ascending[0], 'call.noop deno.plain');
    await cost.locator('button').click();
    const descending = await linesOf(page);
    assert.equal(await cost.getAttribute('aria-sort'), 'descending');
    assert.equal(descending[0], 'list_sum.refill[100000] bun.ffi');
    const withoutCost = run.cases.filter(({ status }) => status !== 'measured')
      .map(({ case: name, arm }) => `${name} ${arm}`);
    assert.deepEqual(ascending.slice(-withoutCost.length), withoutCost);
    assert.deepEqual(descending.slice(-withoutCost.length), withoutCost);
    assert.deepEqual(ascending.toSorted(), allLines.toSorted());
    await page.locator('button[data-key=place]').click();
    assert.deepEqual(await linesOf(page), allLines);
    assert.deepEqual(complaints, []);
  });
});

test('every heading that sorts does so by the keyboard alone', async () => {
  await withPage(browser, html, async ({ page }) => {
    await page.locator('#frame').focus();
    for (const key of ['place', 'cost', 'spread', 'sustained', 'ratio', 'slow']) {
      await page.keyboard.press('Tab');
      const focused = await page.evaluate(() => document.activeElement?.getAttribute('data-key'));
      assert.equal(focused, key);
      await page.keyboard.press('Enter');
      const heading = page.locator(`th:has(button[data-key=${key}])`);
      assert.match(await heading.getAttribute('aria-sort') ?? '', /ascending|descending/);
      assert.equal(await page.locator('[aria-sort]').count(), 1);
    }
    assert.equal((await linesOf(page)).length, allLines.length);
  });
});

test('filters narrow the table by family, runtime, mechanism and words, and let go', async () => {
  await withPage(browser, html, async ({ page, complaints }) => {
    await page.selectOption('#family', { label: 'call' });
    assert.deepEqual(await linesOf(page), allLines.filter((line) => line.startsWith('call.')));
    await page.locator('label:has-text("bun")').click();
    await page.locator('label:has-text("ffi")').first().click();
    assert.deepEqual(await linesOf(page), [
      'call.noop bun.ffi',
      'call.u64_bigint[consumed] bun.ffi',
    ]);
    assert.equal(await page.locator('#shown').textContent(), `2 of ${allLines.length} cases`);
    await page.locator('button[type=reset]').click();
    await page.waitForFunction(() => document.querySelectorAll('tr[hidden]').length === 0);
    await page.fill('#find', 'refill NODE');
    await page.keyboard.press('Enter');
    assert.deepEqual(await linesOf(page), [
      'list_sum.refill[100000] node.ffi',
      'list_sum.refill[100000] node.plain',
    ]);
    await page.fill('#find', '');
    await page.locator('label:has(#measured)').click();
    const measured = run.cases.filter(({ status }) => status === 'measured').length;
    assert.equal((await linesOf(page)).length, measured);
    assert.deepEqual(complaints, []);
  });
});

test('the command is copied and the document downloaded as it was written', async () => {
  await withPage(browser, html, async ({ page, requests, complaints }) => {
    await page.locator('#copy').click();
    await page.locator('#copied:has-text("Copied.")').waitFor();
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    assert.equal(copied, 'npm run ffi-bench -- run --seed 42');
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.locator('#download').click(),
    ]);
    assert.equal(download.suggestedFilename(), 'run.json');
    assert.equal(readFileSync(await download.path(), 'utf8'), stringifyDocument(run));
    assert.deepEqual(requests, []);
    assert.deepEqual(complaints, []);
  }, { permissions: ['clipboard-read', 'clipboard-write'] });
});

test('on a phone the page scrolls down only, and names stay while the table scrolls', async () => {
  await withPage(browser, html, async ({ page }) => {
    const [wide, seen] = await page.evaluate(() => [document.body.scrollWidth, innerWidth]);
    assert.ok(wide! <= seen!, `${wide} of ${seen} pixels`);
    const left = () =>
      page.locator('#cases tbody th').first().evaluate((cell) => cell.getBoundingClientRect().left);
    const start = await left();
    await page.locator('#frame').evaluate((frame) => frame.scrollLeft = 300);
    assert.ok(Math.abs(await left() - start) < 2);
  }, { viewport: { width: 390, height: 844 }, colorScheme: 'dark' });
});

test('on paper the table is whole and what asks for a pointer is gone', async () => {
  await withPage(browser, html, async ({ page }) => {
    await page.emulateMedia({ media: 'print' });
    assert.equal(await page.locator('nav').isVisible(), false);
    assert.equal(await page.locator('#filters').isVisible(), false);
    const frame = await page.locator('#frame').evaluate((own) => getComputedStyle(own).overflowY);
    assert.equal(frame, 'visible');
  });
});

test('without scripts the page can be read whole', async () => {
  await withPage(browser, html, async ({ page }) => {
    assert.equal(await page.locator('#cases tbody tr').count(), allLines.length);
  }, { javaScriptEnabled: false });
});

for (const [index, attack] of attacks.entries()) {
  test(`hostile text ${index + 1} stays text in every place`, async () => {
    for (const hostile of [hostileRun(attack), hostileWords(attack)]) {
      const text = await pageText(hostile, `run${attack}.json`);
      await withPage(browser, text, async ({ page, requests, complaints }) => {
        await page.locator('button[data-key=cost]').click();
        await page.fill('#find', 'call');
        await page.locator('summary').evaluateAll((all) => {
          for (const summary of all) (summary as HTMLElement).click();
        });
        if (await page.locator('#copy').count() > 0) await page.locator('#copy').click();
        const [download] = await Promise.all([
          page.waitForEvent('download'),
          page.locator('#download').click(),
        ]);
        assert.equal(readFileSync(await download.path(), 'utf8'), stringifyDocument(hostile));
        const found = await page.evaluate(() => ({
          owned: 'owned' in globalThis,
          scripts: document.querySelectorAll('script').length,
          strange: document.querySelectorAll('img, iframe, base, object, embed, [style]').length,
          handlers: [...document.querySelectorAll('*')].flatMap((item) =>
            item.getAttributeNames().filter((name) =>
              name.startsWith('on')
            )
          ).length,
        }));
        assert.deepEqual(found, { owned: false, scripts: 3, strange: 0, handlers: 0 });
        assert.deepEqual(requests, []);
        assert.deepEqual(complaints, []);
      });
    }
  });
}
