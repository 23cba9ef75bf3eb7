// Files that cannot be used: every command says which file, where and why in one line, exit code 2,
// and neither a stack nor anything a terminal would obey.
import assert from 'node:assert/strict';
import { existsSync, truncateSync } from 'node:fs';
import { test } from 'node:test';
import { stringifyDocument } from '../../src/results/document.ts';
import { buildArm, buildRun } from '../golden/build_run.ts';
import { Driver, ffiBench, Folder, type Said } from './cli.ts';

const folder = new Folder();
const driver = new Driver();
const document = buildRun([buildArm('deno.ffi')], [
  { task: 'call.noop', cases: { 'deno.ffi': { costs: [4, 4.1, 4, 4.2, 4, 4.1] } } },
]);
const text = stringifyDocument(document);

/** The document's text with one change, which must have been made. */
function changed(from: string, to: string): string {
  assert.ok(text.includes(from), from);
  return text.replace(from, to);
}

const wall = '"wall_ms":300';
/** What is wrong, the text of the file, and what must be said of it. */
const files: readonly (readonly [string, string, RegExp])[] = [
  ['empty', '', /is empty/],
  ['cut off', text.slice(0, text.length / 2), /is cut off/],
  ['no JSON', 'Hello, world', /is not JSON/],
  ['a journal', '{"kind":"run"}\n{"kind":"launch"}\n', /is not JSON/],
  ['a list', '[1, 2]', /is no result document: it holds \[1,2\]/],
  ['another schema', '{"schema":"pyperf"}', /\/schema: "pyperf" is not a version that is known/],
  ['a later version', changed('ffi-bench/v2', 'ffi-bench/v9'), /"ffi-bench\/v9".*newer ffi-bench/],
  ['a missing field', changed(`${wall},`, ''), /\/raw\/launches\/0 lacks the field "wall_ms"/],
  [
    'an extra field',
    changed(wall, `"x":1,${wall}`),
    /\/raw\/launches\/0 has the unknown field "x"/,
  ],
  ['a number as text', changed(wall, '"wall_ms":"300"'), /wall_ms is "300": it must be number/],
  ['NaN', changed(wall, '"wall_ms":NaN'), /is not JSON/],
  ['infinity', changed(wall, '"wall_ms":1e999'), /\/raw\/launches\/0\/wall_ms/],
  ['a negative time', changed(wall, '"wall_ms":-1'), /\/raw\/launches\/0\/wall_ms is -1: .*>= 0/],
  ['markup in a label', text.replaceAll('deno.ffi', '<img src=x>'), /is "<img src=x>"/],
  ['an escape in a label', text.replaceAll('deno.ffi', '\\u001b[31mred'), /label is "/],
  ['a key that is a prototype', changed('"id"', '"__proto__"'), /lacks the field "id"/],
  ['a merged one cut off', '{"schema":"ffi-bench-merged/v2","members":[', /is cut off/],
  [
    'a merged one with a bad member',
    '{"schema":"ffi-bench-merged/v2","disagreements":[],' +
    `"members":[{"label":"a","document":${text}},` +
    `{"label":"b","document":{"schema":"ffi-bench/v1"}}]}`,
    /, \/members\/1\/document is not a valid ffi-bench\/v2 document/,
  ],
];

/** One line on stderr that names the file, and nothing on stdout. */
async function assertRefused(path: string, reason: RegExp, ...args: string[]): Promise<void> {
  assertRefusal(await driver.run(...args), path, reason);
}

function assertRefusal({ code, stdout, stderr }: Said, path: string, reason: RegExp): void {
  assert.equal(code, 2, stderr);
  assert.equal(stdout, '');
  assert.match(stderr, /^ffi-bench: [^\n]+\n$/);
  assert.ok(stderr.includes(path), stderr);
  assert.match(stderr, reason);
  // deno-lint-ignore no-control-regex
  assert.doesNotMatch(stderr, /[\u0000-\u0009\u000b-\u001f]/);
}

for (const [index, [what, content, reason]] of files.entries()) {
  test(`report refuses ${what}`, async () => {
    const path = folder.text(`bad-${index}.json`, content);
    await assertRefused(path, reason, 'report', path);
  });
}

test('report refuses a file that is absent, a folder, no text or over 200 MB', async () => {
  const absent = folder.path('absent.json');
  await assertRefused(absent, /there is no such file/, 'report', absent);
  await assertRefused(folder.path('.'), /it is a folder/, 'report', folder.path('.'));
  const huge = folder.text('huge.json', '');
  truncateSync(huge, 201 * 1024 * 1024);
  await assertRefused(huge, /has 201 MB; a document has at most 200/, 'report', huge);
});

test('compare, merge, export and report --check refuse what report refuses', async () => {
  const good = folder.text('good.json', text);
  const bad = folder.text('bad.json', changed(wall, '"wall_ms":-1'));
  const place = /\/raw\/launches\/0\/wall_ms is -1/;
  await assertRefused(bad, place, 'compare', good, bad);
  const never = folder.path('never.json');
  await assertRefused(bad, place, 'merge', good, bad, '--out', never);
  assert.equal(existsSync(never), false);
  await assertRefused(bad, place, 'export', bad, '--to', 'csv');
  await assertRefused(bad, place, 'report', bad, '--check');
});

test('a bad file ends the process with code 2 and without a stack', async () => {
  const bad = folder.text('process.json', text.slice(0, 1000));
  assertRefusal(await ffiBench('report', bad), bad, /is cut off/);
});

test('text in a document steers neither terminal nor markdown', async () => {
  const hostile = structuredClone(document);
  hostile.cases[0]!.status = 'failed';
  hostile.cases[0]!.reason = 'a\u001b[2J\u0007<script>alert(1)</script>|`x`';
  hostile.derived.cases[0]!.cost_ns = null;
  const path = folder.document('hostile.json', hostile);
  const plain = await driver.run('report', path);
  assert.equal(plain.code, 0, plain.stderr);
  // deno-lint-ignore no-control-regex
  assert.doesNotMatch(plain.stdout, /[\u0000-\u0009\u000b-\u001f]/);
  const markdown = await driver.run('report', path, '--format', 'markdown');
  assert.match(markdown.stdout, /&lt;script&gt;/);
  assert.doesNotMatch(markdown.stdout, /<script/);
});
