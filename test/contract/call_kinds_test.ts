// What `call` says of functions that fail, keep state, change their input, allocate, block or end
// the process, and what arguments it finds for those that work: a small library of each kind.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { readTools } from '../../src/boot/tools.mjs';
import { root } from '../../src/boot/versions.mjs';
import { openDocument } from '../../src/analysis/open.ts';
import { startTool } from '../faults/tool.ts';

const folder = mkdtempSync(join(root, '.ffi-bench', 'call-'));
after(() => rmSync(folder, { recursive: true, force: true }));

const header = `
#include <stddef.h>
#define LEVEL 7
enum status { STATUS_OK, STATUS_BAD_INPUT };
struct mixed { int number; float share; char *text; };
int count_up(void);
int fails(int a);
enum status refuses(const void *data, size_t size);
void *fresh(void);
int make(void **made);
void reverse(int *values, size_t n);
float sum(const float *x, size_t n);
int fill(void *dst, size_t dstCapacity);
int pack(unsigned char *dest, unsigned long *destLen, const char *source, size_t sourceLen);
double mix(struct mixed m);
int apply(int (*twice)(int), int a);
int level(int given);
int divide(int a, int b);
void needs_callback(void (*then)(void));
void complains(void);
void leaves(int code);
void waits(void);
`;

const source = `${header}
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
static int counter;
int count_up(void) { return ++counter; }
int fails(int a) { return -a; }
enum status refuses(const void *data, size_t size) { return data && size ? STATUS_BAD_INPUT : 0; }
void *fresh(void) { return malloc(1 << 12); }
int make(void **made) { *made = malloc(1 << 12); return 0; }
void reverse(int *values, size_t n) {
  for (size_t i = 0; i < n / 2; i++) {
    int kept = values[i]; values[i] = values[n - 1 - i]; values[n - 1 - i] = kept;
  }
}
float sum(const float *x, size_t n) {
  float total = 0;
  for (size_t i = 0; i < n; i++) total += x[i];
  return total;
}
int fill(void *dst, size_t n) { memset(dst, 'x', n - 1); return n; }
int pack(unsigned char *dest, unsigned long *destLen, const char *source, size_t sourceLen) {
  if (*destLen < sourceLen) return -1;
  memcpy(dest, source, sourceLen);
  *destLen = sourceLen;
  return 0;
}
double mix(struct mixed m) { return m.text ? -1 : m.number + m.share; }
int apply(int (*twice)(int), int a) { return twice(a); }
int level(int given) { return given; }
int divide(int a, int b) { return a / b; }
void needs_callback(void (*then)(void)) { then(); }
void complains(void) { fprintf(stderr, "kinds: the widget is not initialised\\n"); abort(); }
void leaves(int code) { exit(code); }
void waits(void) { for (;;) pause(); }
`;

/** Compiles the library with the project's own Zig; the paths of it and of its header. */
function makeLibrary(): { library: string; headerPath: string } {
  const { zig } = readTools();
  if (zig.state === 'missing') throw new Error(zig.reason);
  const [library, headerPath, text] = ['libkinds.so', 'kinds.h', 'kinds.c'].map((name) =>
    join(folder, name)
  ) as [string, string, string];
  writeFileSync(text, source);
  writeFileSync(headerPath, header);
  // Traps for what C leaves undefined would hide what is to be seen.
  const args = ['cc', '-shared', '-O1', '-fno-sanitize=all', '-o', library, text];
  const { status, stderr } = spawnSync(zig.path, args, { encoding: 'utf8' });
  assert.equal(status, 0, stderr);
  return { library, headerPath };
}

const { library, headerPath } = makeLibrary();
let documents = 0;

/** Calls functions of the library; with `--ask` among the arguments, nothing is measured. */
async function call(names: readonly string[], ...args: string[]) {
  const out = join(folder, `${documents++}.json`);
  const rest = ['--header', headerPath, '--launches', '1', '--out', out, '--beside'];
  const { code, stdout, stderr } = await startTool(['call', library, ...names, ...args, ...rest])
    .ended;
  return { code, stdout, stderr, out };
}

test('call finds arguments to work on, and shows and stores the answers', async () => {
  const names = ['sum', 'fill', 'pack', 'level'];
  const args = ['--arg', 'given=LEVEL', '--lane', 'ffi', '--ask'];
  const { code, stdout, stderr } = await call(names, ...args);
  assert.equal(code, 0, stderr);
  // 256 floats of 4 bytes: 0, 0.5, 1, …
  assert.match(stdout, /^sum returns 16320$/m);
  assert.match(stdout, /^fill returns 4096; dst: 4095 of 4096 bytes, "x+…" \(FNV-1a/m);
  assert.match(stdout, /^pack returns 0; dest: 36 of 4096 bytes, "the quick .*; destLen: 36$/m);
  assert.match(stdout, /^level returns 7$/m);
});

test('call tells of a length beyond its buffer', async () => {
  const args = ['--arg', 'x=[1,2,3,4]', '--arg', 'n=9', '--lane', 'bun.ffi', '--expect', '1'];
  const { stderr } = await call(['sum'], ...args);
  assert.match(stderr, /sum: n=9 is beyond the 4 elements of x/);
});

test('call tells of state, errors, changed input and what is never freed', async () => {
  const names = ['count_up', 'fails', 'refuses', 'fresh', 'make', 'reverse'];
  const { code, stderr } = await call(names, '--lane', 'bun.ffi', '--ask');
  assert.equal(code, 0, stderr);
  assert.match(stderr, /count_up has state: .* answers 1, then 2, then 3/);
  assert.match(stderr, /fails returns -1, which is negative/);
  assert.match(stderr, /refuses returns 1 \(STATUS_BAD_INPUT\), which looks like an error/);
  assert.match(stderr, /fresh gives out another address with every call/);
  assert.match(stderr, /make gives out another address with every call/);
  assert.match(stderr, /reverse changes values/);
});

test('call passes structs of any fields, and callbacks in JavaScript', async () => {
  const args = ['--arg', 'm={3, 0.5, 0}', '--arg', 'twice=(a) => 2 * a', '--arg', 'a=21'];
  const { code, stdout, stderr } = await call(
    ['mix', 'apply'],
    ...args,
    '--lane',
    'deno.ffi,deno.koffi',
    '--ask',
  );
  assert.equal(code, 0, stderr);
  assert.match(stdout, /^mix returns 3\.5$/m);
  assert.match(stdout, /^apply returns 42$/m);
});

test('call names the cause of each bad end, and goes on to the next function', async () => {
  const names = ['divide', 'needs_callback', 'complains', 'leaves', 'waits'];
  const args = ['--arg', 'b=0', '--arg', 'code=3', '--lane', 'node.ffi'];
  const { code, stderr } = await call(names, ...args);
  assert.equal(code, 1, stderr);
  assert.match(stderr, /divided a whole number by zero/);
  assert.match(stderr, /Null was passed for then/);
  assert.match(stderr, /called abort\(\).*"kinds: the widget is not initialised"/);
  assert.match(stderr, /ended the process with exit code 3/);
  assert.match(stderr, /did not return within 8 s: it waits/);
  assert.doesNotMatch(stderr, /divide[\s\S]{0,200}prototype that does not match/);
});

test('call keeps the row of JavaScript in a selection of lanes', async () => {
  const file = join(folder, 'level.cjs');
  writeFileSync(file, 'exports.level = (given) => given;\n');
  const { code, stderr, out } = await call(
    ['level'],
    ...['--against', `${file}#level`, '--lane', 'bun.ffi'],
  );
  assert.equal(code, 0, stderr);
  const rows = openDocument(out).cases.filter(({ task }) => task === 'foreign.level');
  const { selection } = openDocument(out).provenance;
  assert.deepEqual(selection.answers, ['level returns 1']);
  assert.deepEqual(rows.map(({ arm, status }) => [arm, status]).sort(), [
    ...[['bun.ffi', 'measured'], ['bun.plain', 'measured']],
  ]);
});

test('call refuses JavaScript that answers later', async () => {
  const file = join(folder, 'later.mjs');
  writeFileSync(file, 'export async function level(given) { return given; }\n');
  const { code, stderr } = await call(['level'], '--against', `${file}#level`);
  assert.equal(code, 2, stderr);
  assert.match(stderr, /level is asynchronous/);
});
