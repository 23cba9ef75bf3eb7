// What a document keeps of the command line that made it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { repeatCommand } from '../../src/cli/repeat_command.ts';

test('repeatCommand keeps what is measured, and not where it was written', () => {
  const measured = ['run', '--task', 'call.noop', '--launches=20'];
  assert.deepEqual(repeatCommand(measured), ['ffi-bench', ...measured]);
  const placed = ['--out', '/home/me/a.json', '--force', '--beside'];
  assert.deepEqual(repeatCommand([...measured, ...placed]), ['ffi-bench', ...measured]);
  assert.deepEqual(repeatCommand(['run', '--out=b.json', '--quick']), [
    'ffi-bench',
    'run',
    '--quick',
  ]);
});

test('repeatCommand leaves an argument alone that only looks like such a flag', () => {
  const args = ['call', 'libm.so.6', 'double cos(double)', '--against', 'a.ts#out'];
  assert.deepEqual(repeatCommand(args), ['ffi-bench', ...args]);
});
