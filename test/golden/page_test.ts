/** Tests of the page's text: its skeleton, and that the script in it is that of its sources. */
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import process from 'node:process';
import { test } from 'node:test';
import { bundledModule, scriptModule } from './page_script.ts';

test('the script of the page is bundled from its sources of today', async () => {
  const bundled = await bundledModule();
  if (process.env.FFI_BENCH_UPDATE_GOLDEN === '1') writeFileSync(scriptModule, bundled);
  assert.equal(
    readFileSync(scriptModule, 'utf8'),
    bundled,
    'src/report/page/client_script.ts is out of date: run this test with FFI_BENCH_UPDATE_GOLDEN=1',
  );
});
