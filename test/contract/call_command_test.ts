// The command `call` as people type it: the three examples of its page against libraries that
// Debian has, and everything that cannot be called.
import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { readTools } from '../../src/boot/tools.mjs';
import { root } from '../../src/boot/versions.mjs';
import { openDocument } from '../../src/analysis/open.ts';
import { startTool } from '../faults/tool.ts';

const folder = mkdtempSync(join(root, '.ffi-bench', 'call-'));
after(() => rmSync(folder, { recursive: true, force: true }));
let documents = 0;

/** Calls with as few launches as there can be; returns how it ended, and the document it wrote. */
async function call(...args: string[]) {
  const out = join(folder, `${documents++}.json`);
  const rest = ['--launches', '1', '--out', out, '--beside'];
  const { code, stdout, stderr } = await startTool(['call', ...args, ...rest]).ended;
  return { code, stdout, stderr, out };
}

const ffi = ['--lane', 'ffi'];
const bun = ['--lane', 'bun.ffi'];
const crc = 'unsigned long crc32(unsigned long crc, const unsigned char *buf, unsigned len)';

/** The commands of one section of a document, each a line of a block of shell. */
function commandsOf(file: string, section: string): string[][] {
  const text = readFileSync(join(root, file), 'utf8');
  const own = text.slice(text.indexOf(`\n## ${section}\n`));
  const [, block] = /```sh\n([^]*?)```/.exec(own)!;
  return block!.trim().split('\n').map((line) =>
    [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain!).slice(2)
  );
}

const documented = commandsOf('docs/call.md', 'Ten examples');

test('docs/call.md has ten examples by their headers', () => {
  assert.equal(documented.length, 10);
  assert.ok(documented.every((args) => args.includes('--header')));
});

for (const args of documented) {
  test(`the example of docs/call.md runs: ${args.slice(0, 2).join(' ')}`, async () => {
    const { code, stdout, stderr, out } = await call(...args, '--ask');
    assert.equal(code, 0, stderr);
    assert.match(stdout, new RegExp(`^${args[1]} returns [^\\n]*\\n$`));
    assert.doesNotMatch(stderr, /(tends to be|looks like) an error/);
    assert.ok(!existsSync(out));
  });
}

test('the first example of docs/call.md is measured', async () => {
  const { code, stderr, out } = await call(...documented[0]!, ...bun);
  assert.equal(code, 0, stderr);
  const own = openDocument(out).cases.filter(({ task }) => task.startsWith('foreign.'));
  assert.deepEqual(own.map(({ status }) => status), ['measured'], stderr);
});

test('--errno reads why a call failed in every lane, and times that', async () => {
  const close = ['libc.so.6', 'int close(int fd)', '--arg', 'fd=999', '--errno'];
  const asked = await call(...close, '--ask');
  assert.equal(asked.code, 0, asked.stderr);
  assert.equal(asked.stdout, 'close returns -1; errno 9 (EBADF)\n');
  assert.doesNotMatch(asked.stderr, /tends to be an error/);
  const open = ['libc.so.6', 'void *fopen(const char *path, const char *mode)', '--errno'];
  const missing = await call(...open, '--arg', 'path="/none/x"', '--arg', 'mode="r"', '--ask');
  assert.equal(missing.stdout, 'fopen returns null; errno 2 (ENOENT)\n', missing.stderr);
  const { code, stderr, out } = await call(...close, '--lane', 'bun.ffi,node.koffi');
  assert.equal(code, 0, stderr);
  const own = openDocument(out).cases.filter(({ task }) => task === 'foreign.close');
  assert.deepEqual(own.map(({ status }) => status), ['measured', 'measured'], stderr);
});

test('--errno says what it cannot be given with', async () => {
  const cos = ['libm.so.6', 'double cos(double x)', '--against', 'examples/cos.ts#cos'];
  const { code, stderr } = await call(...cos, '--errno');
  assert.equal(code, 2);
  assert.match(stderr, /JavaScript has no errno: --errno and --against exclude each other\./);
});

test('the cosine of libm, against the engine', async () => {
  const { code, stdout, stderr, out } = await call(
    ...['libm.so.6', 'double cos(double x)', '--arg', 'x=0.5'],
    ...['--against', 'examples/cos.ts#cos', '--lane', 'ffi,plain'],
  );
  assert.equal(code, 0, stderr);
  assert.match(stdout, /foreign\.cos/);
  const document = openDocument(out);
  assert.equal(document.provenance.profile, 'call');
  const own = document.cases.filter(({ task }) => task === 'foreign.cos');
  assert.equal(own.length, 6);
  assert.ok(own.every(({ status }) => status === 'measured'), stderr);
  const others = document.cases.filter(({ task }) => task !== 'foreign.cos');
  assert.deepEqual(new Set(others.map(({ task }) => task)), new Set(['empty.cos', 'call.noop']));
});

test('the CRC-32 of libz over sizes, against JavaScript', async () => {
  const { code, stdout, stderr, out } = await call(
    ...['libz.so.1', crc, '--arg', 'crc=0', '--arg', 'buf=bytes:64..2K'],
    ...['--against', 'examples/crc32.ts#crc32', '--lane', 'bun.ffi,bun.plain'],
  );
  assert.equal(code, 0, stderr);
  assert.match(stderr, /crc=0 buf=bytes:64\.\.2048 len=len\(buf\)/);
  assert.match(stdout, /foreign\.crc32\[64\]/);
  // What is said of the costs, which a busy machine may not give, is unit/report_foreign_test.ts.
  const { cases, derived } = openDocument(out);
  const own = cases.filter(({ task }) => task === 'foreign.crc32');
  assert.ok(own.every(({ status }) => status === 'measured'), stderr);
  assert.deepEqual([...new Set(own.map(({ arm }) => arm))].sort(), ['bun.ffi', 'bun.plain']);
  const sizes = own.map(({ params, sweep }) => Number(params[sweep!]));
  assert.deepEqual([Math.min(...sizes), Math.max(...sizes)], [64, 2048]);
  // A size whose cost one launch cannot tell has no place in the comparison.
  const compared = derived.break_even.flatMap((
    { faster, slower, undecided, untested },
  ) => [...faster, ...slower, ...undecided, ...untested]);
  assert.ok(compared.every((size) => sizes.includes(size)), `${compared}`);
});

test('a statement of SQLite, by a task file', async () => {
  const file = ['--file', 'examples/sqlite.ts'];
  // Each lane is asked for the known answers; one is measured.
  const asked = await call(...file, ...ffi, '--ask');
  assert.equal(asked.code, 0, asked.stderr);
  const { code, stderr, out } = await call(...file, ...bun);
  assert.equal(code, 0, stderr);
  const { cases, derived } = openDocument(out);
  assert.ok(cases.every(({ status }) => status === 'measured'), stderr);
  const crossings = new Map(derived.cases.map((one) => [one.case, one.crossings_per_call]));
  assert.equal(crossings.get('foreign.sqlite3.step'), 3);
  assert.equal(crossings.get('foreign.sqlite3.prepare_step_finalize'), 4);
});

test('a task file outside of the checkout finds the project by its name', async () => {
  const file = join(folder, 'mine.ts');
  writeFileSync(
    file,
    `import { foreign } from 'ffi-bench';
    export default foreign({
      name: 'sqrt', library: 'libm.so.6', isolates: 'the root', timed: 'last[0] = sqrt(9)',
      functions: { sqrt: 'double sqrt(double)' },
      prepare(lane, { sqrt }) {
        const last = new Float64Array(1);
        return { body: () => last[0] = sqrt(9), crossings: 1,
          check: () => [{ what: 'sqrt(9)', got: sqrt(9), want: 3 }] };
      },
    });\n`,
  );
  const { code, stderr, out } = await call('--file', file, ...bun);
  assert.equal(code, 0, stderr);
  assert.equal(openDocument(out).cases[0]!.task, 'foreign.sqrt');
});

test('a struct goes by value where a lane can, and is unsupported elsewhere', async () => {
  const prototype = 'double ffib_struct_arg_16(struct { double a; double b; } s)';
  const { code, stderr, out } = await call(
    ...[readTools().library, prototype, '--expect', '1', ...ffi],
  );
  assert.equal(code, 0, stderr);
  const cases = openDocument(out).cases.filter(({ task }) => task.startsWith('foreign.'));
  const found = new Map(cases.map(({ arm, status, reason }) => [arm, { status, reason }]));
  assert.equal(found.get('deno.ffi')!.status, 'measured');
  assert.equal(found.get('bun.ffi')!.status, 'unsupported');
  assert.match(found.get('node.ffi')!.reason!, /struct by value/);
});

/** Calls that end before anything is measured: arguments, exit code, what is said. */
const refused: readonly (readonly [string, readonly string[], number, RegExp])[] = [
  ['no library', ['libnope.so.9', 'int f()'], 2, /no library "libnope\.so\.9"/],
  ['no prototype', ['libm.so.6'], 2, /needs a library and a prototype/],
  ['a missing symbol', ['libz.so.1', 'u32 crc23(u32)'], 2, /Nearest: crc32/],
  [
    'a typing error',
    ['libm.so.6', 'duble cosx(double)'],
    2,
    /\n {2}duble cosx\(double\)\n {2}\^{5}/,
  ],
  ['no header', ['libz.so.1', 'crc32', '--header', 'nope.h'], 2, /There is no header nope\.h/],
  [
    'a name that its header does not declare',
    ['libz.so.1', 'crc32', '--header', 'lz4.h'],
    2,
    /lz4\.h: There is no function "crc32"/,
  ],
  ['a function that ends the process', ['libc.so.6', 'exit'], 2, /give every one of them/],
  ['no such lane', ['libm.so.6', 'double cos(double)', '--lane', 'napi'], 2, /binds functions by/],
  [
    'an export that is none',
    ['libm.so.6', 'double cos(double)', '--against', 'examples/cos.ts#sin'],
    2,
    /no function "sin"/,
  ],
  ['no task file', ['--file', 'nope.ts'], 2, /There is no file/],
  ['a file without a task', ['--file', 'examples/cos.ts'], 2, /must export a task/],
  [
    'a wrong answer',
    ['libm.so.6', 'double cos(double)', '--expect', '1', ...bun],
    1,
    /gave 0\.8775\d+, not 1/,
  ],
  [
    'lanes that differ',
    ['libc.so.6', 'int getpid(void)', ...ffi],
    1,
    /not give the same answer[\s\S]*deno\.ffi +\d+[\s\S]*bun\.ffi +\d+[\s\S]*node\.ffi +\d+/,
  ],
  [
    'a prototype that does not match',
    ['libc.so.6', 'size_t strlen(void *s)', ...ffi],
    1,
    /node\.ffi .*SIGSEGV[\s\S]*does not match the function is the likely cause/,
  ],
];

for (const [what, args, exitCode, says] of refused) {
  test(`call ends in a sentence at ${what}, and leaves no document`, async () => {
    const { code, stderr, out } = await call(...args);
    assert.equal(code, exitCode, stderr);
    assert.match(stderr, says);
    assert.ok(!existsSync(out));
    assert.ok(!existsSync(out.replace('.json', '.journal.ndjson')));
  });
}

test('answers that change by themselves are measured when that is asked for', async () => {
  const args = ['libc.so.6', 'int getpid(void)', '--expect', 'any'];
  const asked = await call(...args, '--lane', 'bun.ffi,node.ffi', '--ask');
  assert.equal(asked.code, 0, asked.stderr);
  const { code, stderr, out } = await call(...args, ...bun);
  assert.equal(code, 0, stderr);
  const text = readFileSync(out, 'utf8');
  assert.match(text, /"arguments":\s*\[\s*"getpid: ?"/);
});
