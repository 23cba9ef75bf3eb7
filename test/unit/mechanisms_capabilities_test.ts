// Tables of the documentation: what each lane can do, and what versions cost.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { freshCapabilities, renderCapabilities } from '../../src/report/capabilities.ts';
import { renderHistory } from '../../src/report/history.ts';
import { sampleRun } from '../golden/sample_run.ts';

test('renderCapabilities joins lanes that can the same and numbers each reason once', () => {
  const table = renderCapabilities([
    { lane: 'a.ffi', can: { x: true, y: 'no y' } },
    { lane: 'b.ffi', can: { x: true, y: 'no y' } },
    { lane: 'b.cc', can: { x: 'no x', y: 'no y' } },
  ], { x: 'does x', y: 'does y' });
  assert.equal(
    table,
    [
      '|  | a.ffi<br>b.ffi | b.cc |',
      '| --- | :-: | :-: |',
      '| does x | ✓ | –<sup>1</sup> |',
      '| does y | –<sup>2</sup> | –<sup>2</sup> |',
      '',
      '1. no x',
      '2. no y',
    ].join('\n'),
  );
});

test('freshCapabilities replaces what lies between its marks and nothing else', () => {
  const start = '<!-- capabilities:start -->';
  const end = '<!-- capabilities:end -->';
  const fresh = freshCapabilities(['a', start, 'old', end, 'b'].join('\n'), 'new');
  assert.match(fresh, /^a\n.*start -->\n\n.*\n\nnew\n\n.*\n\n.*end -->\nb$/);
  assert.equal(freshCapabilities(fresh, 'new'), fresh);
  assert.equal(freshCapabilities('no marks', 'new'), 'no marks');
  assert.throws(() => freshCapabilities(`${end}\n${start}`, 'new'), /on a line before/);
});

test('renderHistory sets versions down and tasks across', () => {
  const table = renderHistory(sampleRun()).split('\n');
  assert.match(table[0]!, /^\| {2}\| `call\.noop`/);
  assert.equal(table.length, 2 + sampleRun().arms.length);
  assert.match(table[2]!, /^\| deno \d+\.\d+\.\d+ \| [\d.]+ ns [±~]/);
});
