/**
 * Reads the first screen of a page as a person would, without scrolling: each of the four answers
 * is there, and is what the raw launches say. And what a page must be for everyone: no violation
 * that axe-core knows of, few stops for the keyboard, few sheets of paper.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { mergedPageText, pageText } from '../../src/cli/page.ts';
import type { Document } from '../../src/results/schema.ts';
import { buildArm, buildRun } from '../golden/build_run.ts';
import { eightRounds } from '../golden/sample_run.ts';
import { mergedRun } from '../golden/merged_run.ts';
import { summaryRun } from '../golden/summary_run.ts';
import { largeRun } from './large_run.ts';
import { sheetsOf, startBrowser, stopsOf, withPage } from './browser.ts';

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core'), 'utf8');
const screens = [{ width: 1400, height: 900 }, { width: 390, height: 844 }];

let browser: Browser;
before(async () => {
  browser = await startBrowser();
});
after(() => browser.close());

/** Text of what stands inside the window, without scrolling. */
function seenText(page: Page): Promise<string> {
  return page.evaluate(() => {
    const texts: string[] = [];
    for (const element of document.querySelectorAll('h1, h3, dd, dt, .bars li, .plot text')) {
      const { top, bottom, width } = element.getBoundingClientRect();
      if (width > 0 && top >= 0 && bottom <= innerHeight) {
        texts.push((element.textContent ?? '').replace(/\s+/g, ' ').trim());
      }
    }
    return texts.join('\n');
  });
}

/** The median over launches of the median of their free batches, in ns. */
function costOf({ raw }: Document, name: string, arm: string): number {
  const costs = raw.launches.filter((launch) => launch.case === name && launch.arm === arm)
    .map(({ measured }) => measured!.free!.quantiles_ns[4]!).sort((a, b) => a - b);
  const half = costs.length / 2;
  return (costs[Math.ceil(half) - 1]! + costs[Math.floor(half)]!) / 2;
}

test('the first screen holds the four answers, as the launches give them', async () => {
  const run = summaryRun();
  const cost = (name: string, arm: string) => costOf(run, name, arm);
  await withPage(browser, await pageText(run, 'run.json'), async ({ page }) => {
    await page.selectOption('#pick-job', { label: 'Passing a string as UTF-8' });
    await page.selectOption('#pick-size', { label: '36 bytes' });
    await page.selectOption('#pick-on', { label: 'Deno 2.9.6' });
    const text = await seenText(page);
    const string = 'string_in.encode_into[36]';
    const best = /● FFI, encodeInto ?([\d.]+) ns ?best/.exec(text);
    assert.equal(Number(best?.[1]).toPrecision(3), cost(string, 'deno.ffi').toPrecision(3));
    const napi = /■ Node-API, encodeInto ?([\d.]+) ns ?×([\d.]+), certain/.exec(text);
    const times = cost(string, 'deno.napi') / cost(string, 'deno.ffi');
    assert.equal(Number(napi?.[2]).toPrecision(3), times.toPrecision(3));
    assert.match(text, /▲ WebAssembly, encodeInto ?[\d.]+ ns ?×1\.01, not certain/);
    const ratio = /Bun against Deno: ×([\d.]+) \(([\d.]+) to ([\d.]+)\), .* faster, certain/
      .exec(text);
    const expected = cost('call.noop', 'bun.ffi') / cost('call.noop', 'deno.ffi');
    assert.ok(Math.abs(Number(ratio?.[1]) - expected) < 0.01);
    const call = /One call into native code costs ([\d.]+) ns on Bun/.exec(text);
    assert.equal(Number(call?.[1]).toPrecision(3), cost('call.noop', 'bun.ffi').toPrecision(3));
    assert.match(text, /a list: Deno 100 to 1,000; Bun any; Node 100 to 1,000/);
    const isFaster = (size: number) =>
      cost(`list_sum.refill[${size}]`, 'deno.ffi') < cost(`list_sum.refill[${size}]`, 'deno.plain');
    assert.deepEqual([isFaster(100), isFaster(1000)], [false, true]);
    assert.match(text, /Half of the costs within ±/);
  }, { viewport: screens[0]! });
});

test('the picker works by the keyboard alone, and is a whole list without scripts', async () => {
  const html = await pageText(summaryRun(), 'run.json');
  await withPage(browser, html, async ({ page, complaints }) => {
    await page.locator('#pick-job').focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.press('ArrowDown');
    const shown = page.locator('#picked article:not([hidden]) h3');
    assert.deepEqual(await shown.allTextContents(), [
      'Passing a buffer as pointer and length, 64 bytes, Deno 2.9.6',
    ]);
    assert.deepEqual(complaints, []);
  });
  await withPage(browser, html, async ({ page }) => {
    assert.ok(await page.locator('#picked article').count() >= 9);
    assert.equal(await page.locator('#picked article[hidden]').count(), 0);
  }, { javaScriptEnabled: false });
});

test('a page of call leads with the function, one of versions with the newest', async () => {
  const arms = ['deno.ffi', 'bun.ffi'].map((label) => buildArm(label));
  const cases = { 'deno.ffi': { costs: eightRounds(20) }, 'bun.ffi': { costs: eightRounds(10) } };
  const called = buildRun(arms, [{ task: 'foreign.cos', cases }], 'call');
  await withPage(browser, await pageText(called, 'c.json'), async ({ page }) => {
    const text = await seenText(page);
    assert.match(text, /^One call of cos costs 10\.0 ns on Bun 1\.4\.5 and 20\.0 ns on Deno/);
    assert.match(text, /bun\.ffi ?10\.0 ns ?best/);
  });
  const versions = ['2.0.0', '2.9.6'].map((version) =>
    buildArm(version, { lane: 'deno.ffi', version, path: `/opt/deno-${version}` })
  );
  const history = buildRun(versions, [{
    task: 'call.noop',
    cases: { '2.0.0': { costs: eightRounds(8) }, '2.9.6': { costs: eightRounds(4) } },
  }]);
  await withPage(browser, await pageText(history, 'h.json'), async ({ page }) => {
    const text = await seenText(page);
    assert.match(text, /^One call into native code costs 4\.00 ns on Deno 2\.9\.6\./);
    assert.match(text, /Deno 2\.9\.6 against 2\.0\.0: ×0\.50/);
  });
});

test('a page of several runs leads with what they contradict each other in', async () => {
  const { members } = mergedRun();
  for (const viewport of screens) {
    await withPage(browser, await mergedPageText(members, null), async ({ page, complaints }) => {
      const text = await page.evaluate(() => {
        const lines = [...document.querySelectorAll('h1, tr')].filter((element) =>
          element.getBoundingClientRect().bottom <= innerHeight
        );
        return lines.map(({ textContent }) => textContent!.replace(/\s+/g, ' ').trim()).join('\n');
      });
      assert.match(text, /^The 2 runs contradict each other in \d+ of \d+ certain comparisons\.\n/);
      const row = /^(?:≠ ?)?One call on Bun ?([\d.]+) ns ?([\d.]+) ns$/m.exec(text);
      const costs = members.map(({ document }) => costOf(document, 'call.noop', 'bun.ffi'));
      assert.deepEqual(
        [row?.[1], row?.[2]].map((shown) => Number(shown).toPrecision(3)),
        costs.map((cost) => cost.toPrecision(3)),
      );
      assert.deepEqual(complaints, []);
    }, { viewport });
  }
});

for (const viewport of screens) {
  for (const colorScheme of ['light', 'dark'] as const) {
    test(`axe-core finds no violation at ${viewport.width}, ${colorScheme}`, async () => {
      const html = await pageText(summaryRun(), 'run.json');
      await withPage(browser, html, async ({ page }) => {
        const found = await page.evaluate(async (source) => {
          // The page's own policy forbids evaluation of text; axe-core is put in from outside.
          await (0, eval)(source);
          const { axe } = globalThis as unknown as {
            axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
          };
          const { violations } = await axe.run();
          return violations.map(({ id, nodes }) => `${id}: ${nodes[0]!.html.slice(0, 200)}`);
        }, axeSource);
        assert.deepEqual(found, []);
      }, { viewport, colorScheme, bypassCSP: true });
    });
  }
}

test('a large page has few stops, few sheets in print, and unpacks its lines', async () => {
  const run = largeRun();
  const html = await pageText(run, 'run.json');
  assert.ok(html.length < 3e6, `${html.length} characters`);
  await withPage(browser, html, async ({ page, complaints }) => {
    const stops = await stopsOf(page);
    assert.ok(stops < 300, `${stops} stops`);
    const before = await page.locator('#cases tbody tr').count();
    const sheets = await sheetsOf(page);
    assert.ok(sheets <= 12, `${sheets} sheets`);
    await page.locator('#more').click();
    await page.waitForFunction(() => document.querySelector('#more') === null);
    assert.equal(await page.locator('#cases tbody tr').count(), run.cases.length);
    assert.ok(before < run.cases.length);
    await page.fill('#find', 'call.i32_args[7');
    assert.ok(await page.locator('#cases tr:not([hidden]) .base').first().isVisible());
    assert.deepEqual(complaints, []);
  });
});

test('a large page opens on a summary and shows sweeps, prices and sizes when asked', async () => {
  const run = largeRun();
  await withPage(browser, await pageText(run, 'run.json'), async ({ page, complaints }) => {
    const counts = () =>
      page.evaluate(() =>
        ['#picked article', '#sweeps figure', '#price-lines tr'].map((name) =>
          document.querySelectorAll(name).length
        )
      );
    await page.waitForFunction(() => document.querySelector('#picked-rest') === null);
    const [answers, sweeps, prices] = await counts();
    assert.equal(answers, run.derived.recommendations.length);
    for (let left = await page.locator('[data-more]').count(); left > 0; left--) {
      await page.locator('[data-more]').nth(left - 1).click();
    }
    await page.waitForFunction(() => document.querySelector('[data-more]') === null);
    const whole = await counts();
    const tasks = new Set(run.derived.break_even.map(({ task }) => task));
    assert.equal(whole[1], tasks.size);
    assert.equal(whole[2], new Set(run.derived.prices.map((price) => price.case)).size + 2);
    assert.ok(sweeps! < whole[1]! && prices! < whole[2]!);
    await page.selectOption('#pick-size', { label: '600 bytes' });
    assert.match(await page.locator('#picked article:visible').first().innerText(), /600 bytes/);
    assert.deepEqual(complaints, []);
  });
  await withPage(browser, await pageText(run, 'run.json'), async ({ page }) => {
    assert.ok(await page.locator('#picked article').count() >= 3);
    assert.equal(await page.locator('#picked article[hidden]').count(), 0);
  }, { javaScriptEnabled: false });
});
