/** Tests of the page as text, the same under each runtime that may run the tool. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { documentText, type PackedDocument, unpack } from '../../src/report/page/client/unpack.ts';
import { escapeHtml, Markup, markup } from '../../src/report/page/markup.ts';
import { packDocument } from '../../src/report/page/pack.ts';
import { renderPage } from '../../src/report/page/page.ts';
import { repeatCommand } from '../../src/report/page/provenance.ts';
import { clientScript } from '../../src/report/page/client_script.ts';
import { pageStyle } from '../../src/report/page/style.ts';
import { stringifyDocument } from '../../src/results/document.ts';
import type { Document } from '../../src/results/schema.ts';
import { buildArm, buildRun } from '../golden/build_run.ts';
import { assertGolden } from '../golden/golden.ts';
import { eightRounds, sampleRun } from '../golden/sample_run.ts';

/** A page with one element per line and without the bodies of style and script. */
async function skeleton(document: Document): Promise<string> {
  const html = await renderPage(document, null);
  return html.replace(/<style>[^]*?<\/style>/g, '<style></style>')
    .replace(/<script>[^]*?<\/script>/g, '<script></script>')
    .replace(/'sha256-[^']*'/g, "'sha256-…'")
    .replace(/></g, '>\n<');
}

/** A run with a sweep that pays from some size on. */
function sweepRun(): Document {
  const arms = ['deno.ffi', 'bun.ffi', 'deno.plain', 'bun.plain'].map((label) => buildArm(label));
  const rows = [8, 64, 512, 4096].map((elements) => ({
    task: 'buffer.sum',
    params: { elements },
    sweep: 'elements',
    cases: Object.fromEntries(arms.map(({ label, mechanism }) => [label, {
      costs: eightRounds(mechanism === 'plain' ? 1 + elements * 0.7 : 30 + elements * 0.2),
    }])),
  }));
  return buildRun(arms, rows);
}

test('renderPage draws the sample run, the same under each runtime', async () => {
  assertGolden('page_sample.txt', await skeleton(sampleRun()));
});

test('renderPage draws break-even curves, the same under each runtime', async () => {
  assertGolden('page_sweep.txt', await skeleton(sweepRun()));
});

test('renderPage of a run without cases, or with nothing done, is a page too', async () => {
  const arms = [buildArm('deno.ffi')];
  const nothing = [{ task: 'call.noop', cases: { 'deno.ffi': { costs: [null, null] } } }];
  for (const document of [buildRun([], []), buildRun(arms, nothing), sampleRun('quick')]) {
    assert.match(await renderPage(document, null), /<\/html>\n$/);
  }
});

test('renderPage forbids what is not its own script and style', async () => {
  const html = await renderPage(sampleRun(), null);
  const policy = /Content-Security-Policy" content="([^"]*)"/.exec(html)![1]!;
  assert.match(policy, /^default-src 'none'; script-src 'sha256-[\w+/=]{44}'; style-src 'sha256-/);
  assert.doesNotMatch(policy, /unsafe|http|\*/);
  assert.doesNotMatch(html, / (style|on[a-z]+)="/);
});

test('style and script are ASCII, of which alone every runtime gives the raw text', () => {
  // deno-lint-ignore no-control-regex
  for (const text of [pageStyle, clientScript]) assert.match(text, /^[\u0000-\u007f]+$/);
});

test('renderPage refuses an embedded document that could end its element', async () => {
  const embedded = { base64: '</script>', fileName: 'run.json' };
  await assert.rejects(renderPage(sampleRun(), embedded), RangeError);
});

test('markup escapes all but markup', () => {
  const bad = `<b title="'">&\`\u202e`;
  assert.equal(escapeHtml(bad), '&#60;b title=&#34;&#39;&#34;&#62;&#38;&#96;');
  assert.equal(markup`${[bad, new Markup('<i>'), 3, null]}`.html, `${escapeHtml(bad)}<i>3`);
});

test('packDocument loses nothing that a document can hold', () => {
  const sample = sampleRun();
  const [first, second, ...others] = sample.raw.launches;
  const strange = [1e-9, 123456.789, 0, 1e300, -0, 5e-324, 0.1 + 0.2];
  const launches = [
    { ...first!, stderr_tail: 'x', marks: ['a', 'b'] },
    { ...second!, measured: { ...second!.measured!, trace_ns: strange } },
    ...others,
  ];
  const runs = [sample, sampleRun('quick'), buildRun([], []), sweepRun(), {
    ...sample,
    raw: { launches, notes: [] },
  }];
  for (const run of runs) {
    const packed = JSON.parse(JSON.stringify(packDocument(run))) as PackedDocument;
    assert.equal(documentText(unpack(packed)), stringifyDocument(run));
  }
});

test('repeatCommand quotes for a shell, adds the seed, and names no other program', () => {
  const withCommand = (...command: string[]): Document => {
    const run = sampleRun();
    return { ...run, provenance: { ...run.provenance, command } };
  };
  assert.equal(
    repeatCommand(withCommand('ffi-bench', 'run', '--task', "x'; rm -rf ~"), 'checkout'),
    `npm run ffi-bench -- run --task 'x'\\''; rm -rf ~' --seed 42`,
  );
  assert.equal(
    repeatCommand(withCommand('ffi-bench', 'run', '--seed=7'), 'installed'),
    'npx ffi-bench run --seed=7',
  );
  assert.equal(
    repeatCommand(
      withCommand('ffi-bench', 'run', '--out', '/x', '--quick', '--force', '--out=y'),
      'installed',
    ),
    'npx ffi-bench run --quick --seed 42',
  );
  assert.equal(repeatCommand(withCommand('rm', '-rf', '/'), 'checkout'), null);
  assert.equal(repeatCommand(withCommand(), 'checkout'), null);
});
