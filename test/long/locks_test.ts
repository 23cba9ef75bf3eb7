// Many processes that want one lock, which a killed one left behind over and over.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { after, test } from 'node:test';
import { root } from '../../src/boot/versions.mjs';

const folder = mkdtempSync(join(tmpdir(), 'ffi-bench-contend-'));
after(() => rmSync(folder, { recursive: true, force: true }));

const contenders = 6;
const turns = 150;

function contend(): Promise<{ code: number | null; stdout: string; stderr: string }> {
  const script = join(root, 'test', 'faults', 'lock_contender.ts');
  const args = ['--disable-warning=ExperimentalWarning', script, join(folder, 'x.lock')];
  const child = spawn(process.execPath, [...args, String(turns)]);
  let [stdout, stderr] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => stdout += text);
  child.stderr.setEncoding('utf8').on('data', (text: string) => stderr += text);
  return new Promise((settle) => child.on('close', (code) => settle({ code, stdout, stderr })));
}

test('of processes that find a lock left behind, one takes it over at a time', async () => {
  const ended = await Promise.all(Array.from({ length: contenders }, contend));
  assert.deepEqual(ended.map(({ code }) => code), ended.map(() => 0), ended[0]!.stderr);
  const held = ended.reduce((sum, { stdout }) => sum + Number(stdout), 0);
  assert.ok(held > 0);
});
