/**
 * How many functions `ffi-bench call` calls well by itself: forty of Debian's libraries, named with
 * their headers and nothing else. Each is asked in one lane for its answer, and counts where it
 * gives one that is no error. Nothing is timed. Goal: 30 of 40, and of the rest what is wrong.
 *
 *     npm run self -- bench/defaults.ts [LANE]
 */
import { join } from 'node:path';
import process from 'node:process';
import { root } from '../src/boot/versions.mjs';
import { askAll, compareAnswers } from '../src/call/agreement.ts';
import { sayAnswers } from '../src/call/answers.ts';
import { planCall } from '../src/call/plan.ts';
import { toolVersion } from '../src/cli/version.ts';
import { unnarrowed } from '../src/planning/select.ts';
import { prepareSession } from '../src/session/prepare.ts';

const lane = process.argv[2] ?? 'deno.ffi';

/** Library, header, functions. */
const functions = [
  ['libz.so.1', 'zlib.h', ['crc32', 'adler32', 'compress', 'compressBound', 'zlibVersion']],
  ['libzstd.so.1', 'zstd.h', ['ZSTD_compress', 'ZSTD_compressBound', 'ZSTD_createCCtx']],
  ['liblz4.so.1', 'lz4.h', ['LZ4_compress_default', 'LZ4_versionString']],
  ['libxxhash.so.0', 'xxhash.h', ['XXH32', 'XXH64', 'XXH3_64bits', 'XXH128']],
  ['libsqlite3.so.0', 'sqlite3.h', ['sqlite3_open', 'sqlite3_complete', 'sqlite3_strglob']],
  ['libsodium.so.23', 'sodium.h', [
    ...['crypto_hash_sha256', 'crypto_generichash', 'sodium_memcmp', 'crypto_secretbox_easy'],
  ]],
  ['libcrypto.so.3', 'openssl/sha.h', ['SHA256', 'SHA1']],
  ['libcurl.so.4', 'curl/curl.h', ['curl_easy_strerror', 'curl_easy_init', 'curl_getdate']],
  ['libopenblas.so.0', 'cblas.h', ['cblas_ddot', 'cblas_daxpy', 'cblas_snrm2', 'cblas_dgemm']],
  ['libpng16.so.16', 'png.h', ['png_sig_cmp', 'png_access_version_number']],
  ['libc.so.6', 'stdlib.h', ['qsort', 'strtol', 'abs', 'getenv']],
  ['libc.so.6', 'string.h', ['strlen', 'memcpy', 'memchr']],
  ['libm.so.6', 'math.h', ['cos']],
] as const;

let good = 0;
let asked = 0;

/** Asks one function, and says what it answered or what is wrong. */
async function ask(library: string, header: string, name: string): Promise<void> {
  asked++;
  const work = await planCall(root, join(root, '.ffi-bench', 'build'), library, [name], {
    arg: [],
    expect: [],
    header: [header],
  });
  const entries = work.entries.filter(({ task }) => task.id.startsWith('foreign.'));
  const session = await prepareSession(
    { ...unnarrowed, profile: 'call', lanes: [lane] },
    { checkout: root, version: toolVersion(), seed: 1, command: [] },
    { ...work, entries },
  );
  const answers = await askAll(root, session, new AbortController().signal);
  const { refusals } = compareAnswers(answers);
  const said = sayAnswers(answers, work.calls);
  const isGood = refusals.length === 0 &&
    !said.warnings.some((one) =>
      /looks like an error|tends to be an error|at which nothing can be/.test(one)
    );
  if (isGood) good++;
  process.stdout.write(`${isGood ? 'good' : 'bad '}  ${work.notes.at(-1)}\n`);
  for (const one of [...said.answers, ...said.warnings, ...refusals]) {
    process.stdout.write(`      ${one}\n`);
  }
}

for (const [library, header, names] of functions) {
  for (const name of names) await ask(library, header, name);
}
process.stdout.write(`${good} of ${asked} functions answer well with nothing given.\n`);
