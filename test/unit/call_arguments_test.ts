// What is passed for each parameter: by itself, by --arg, and what cannot be passed.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { chooseArguments, readArgument, refuseStray } from '../../src/call/arguments.ts';
import { dataModelOf } from '../../src/call/c_types.ts';
import { openGrammar } from '../../src/call/c/grammar.ts';
import { sayArguments } from '../../src/call/say_arguments.ts';
import { parsePrototype } from '../../src/call/prototype.ts';
import { parseSize, parseSweep } from '../../src/call/sizes.ts';
import { answerOf, nearlySame, readScalar, whyNoValue } from '../../src/call/values.ts';

const grammar = await openGrammar();
const sources = {
  constant: (name: string) => name === 'LEVEL' ? 9n : null,
  file: (path: string) => ({ copy: `copy of ${path}`, bytes: 5000 }),
};

function choose(text: string, ...args: string[]) {
  const prototype = parsePrototype(grammar, text, dataModelOf('linux', 'x64'));
  const given = args.map(readArgument);
  refuseStray(given, [prototype]);
  return chooseArguments(prototype, given, sources);
}

const crc = 'u32 crc32(u32 crc, buffer buf, u32 len)';

test('what was not given suits the type, and a length its buffer', () => {
  assert.equal(sayArguments(choose(crc)), 'crc=1 buf=bytes:1024 len=len(buf)');
  assert.equal(
    sayArguments(choose('u32 crc32(u32, buffer, u32)')),
    'arg1=1 arg2=bytes:1024 arg3=len(arg2)',
  );
  assert.equal(
    sayArguments(
      choose('int f(const char *s, double x, bool b, void *p, sqlite3 **db, int flags)'),
    ),
    's="the quick brown fox jumps over a dog" x=0.5 b=true p=null db=zeros:8 flags=0',
  );
});

test('a size that follows no buffer is a plain number', () => {
  assert.equal(sayArguments(choose('void *f(size_t n)')), 'n=1');
  assert.equal(sayArguments(choose('int f(const void *buf, int level)')), 'buf=bytes:1024 level=1');
});

/** Declarations with what is passed where nothing is given. */
const defaults = [
  ['int compress(Bytef *dest, uLongf *destLen, const Bytef *source, uLong sourceLen)', [
    'dest=zeros:4096 destLen=len(dest) source=bytes:1024 sourceLen=len(source)',
  ]],
  [
    'size_t f(void *dst, size_t dstCapacity, const void *src, size_t srcSize, int level)',
    [
      'dst=zeros:4096 dstCapacity=len(dst) src=bytes:1024 srcSize=len(src) level=1',
    ],
  ],
  ['float sum(const float *x, size_t n)', ['x=bytes:1024 n=len(x)']],
  ['double cblas_ddot(int n, const double *x, int incx, const double *y, int incy)', [
    'n=len(x) x=bytes:1024 incx=1 y=bytes:1024 incy=1',
  ]],
  ['void qsort(void *base, size_t nmemb, size_t size, int (*compar)(const void *, const void *))', [
    'base=bytes:1024 nmemb=size(base)/4 size=4 ' +
    'compar=(a, b) => a.getInt32(0, true) - b.getInt32(0, true)',
  ]],
  ['int crypto_hash(unsigned char *out, const unsigned char *m, unsigned long long mlen)', [
    'out=zeros:4096 m=bytes:1024 mlen=len(m)',
  ]],
  ['int sqlite3_open(const char *filename, sqlite3 **db)', [
    'filename="/dev/null/none" db=zeros:8',
  ]],
  ['int open(const char *, int flags)', ['arg1="/dev/null/none" flags=0']],
  ['double f(struct { int a; double b; } p)', ['p={1, 0.5}']],
  ['long strtol(const char *s, char **end, int base)', [
    's="the quick brown fox jumps over a dog" end=zeros:8 base=10',
  ]],
] as const;

for (const [text, [said]] of defaults) {
  test(`what nothing was given for lets the function work: ${text.slice(0, 50)}`, () => {
    assert.equal(sayArguments(choose(text)), said);
  });
}

test('a length that is given makes its buffer as long, and a target has room for it', () => {
  const compress = 'int f(void *dst, size_t dstCapacity, const void *src, size_t srcSize)';
  assert.equal(
    sayArguments(choose(compress, 'srcSize=8192')),
    'dst=zeros:17408 dstCapacity=len(dst) src=bytes:8192 srcSize=8192',
  );
  assert.equal(
    sayArguments(choose('float sum(const float *x, size_t n)', 'n=64')),
    'x=bytes:256 n=64',
  );
});

test('--arg takes files, lists, zeros, characters, constants, structs and functions', () => {
  const text = 'int f(const int *list, void *raw, const void *in, int c, int level, ' +
    'struct { int a; float b; } s, int (*cb)(int), unsigned long *cell)';
  const given = ['list=[1, -2,3]', 'raw=zeros:64', 'in=file:a.bin', "c='A'", 'level=LEVEL'];
  const args = choose(text, ...given, 's={7, 1.5}', 'cb=(a) => a + 1', 'cell=99');
  assert.equal(
    sayArguments(args),
    'list=[1,-2,3] raw=zeros:64 in=file:a.bin c=65 level=9 s={7, 1.5} cb=(a) => a + 1 cell=99',
  );
  assert.deepEqual(args.signature.args[6], { callback: { args: ['i32'], result: 'i32' } });
});

test('--arg refuses what no function, list, struct or constant is', () => {
  assert.throws(() => choose('int f(int (*cb)(int))', 'cb=7'), /is a function/);
  assert.throws(() => choose('int f(int (*cb)(int))', 'cb=(a) =>'), /no JavaScript/);
  assert.throws(() => choose('int f(const int *x)', 'x=[1,a]'), /an element of x/);
  assert.throws(() => choose('int f(struct { int a; int b; } s)', 's={1}'), /has 2 fields/);
  assert.throws(() => choose('int f(int x)', 'x=NOPE'), /whole number/);
});

test('--arg gives values by name and by place', () => {
  const args = choose(crc, 'crc=0xff', '2=bytes:4K', 'len=size(buf)');
  assert.equal(sayArguments(args), 'crc=0xff buf=bytes:4096 len=size(buf)');
  assert.equal(sayArguments(choose('double f(double x)', 'x=-3.5')), 'x=-3.5');
});

test('a sweep gives a case for each size', () => {
  const { sweep } = choose(crc, 'buf=bytes:64..1M');
  assert.deepEqual(sweep?.sizes, [64, 256, 1024, 4096, 16384, 65536, 262144, 1048576]);
  assert.deepEqual(choose('f64 f(u32 n)', 'n=1..10').sweep, { name: 'n', sizes: [1, 4, 10] });
});

test('a text goes as a buffer that is made before, a null as an address', () => {
  const { signature } = choose('size_t f(const char *s, const char *t)', 's="a b"', 't=null');
  assert.deepEqual(signature.args, [{ buffer: 'u8' }, 'pointer']);
  const out = choose('int f(void *p)', 'p=bytes:16').signature.args[0];
  assert.deepEqual(out, { buffer: 'u8', mutable: true });
});

const refused = [
  ['x=1', /no parameter "x"/],
  ['4=1', /no parameter "4"/],
  ['other.crc=1', /no function "other"/],
  ['crc', /NAME=VALUE/],
  ['crc=4294967296', /from 0 to 4294967295/],
  ['crc=-1', /from 0 to/],
  ['crc=1.5', /whole number/],
  ['crc=bytes:4', /no pointer/],
  ['buf=7', /bytes:4096/],
  ['buf=bytes:1G', /no size/],
  ['buf=bytes:9..3', /no size/],
  ['len=len(crc)', /no buffer/],
  ['len=len(nope)', /no parameter "nope"/],
] as const;

for (const [text, says] of refused) {
  test(`--arg ${text} is refused in a sentence`, () => {
    assert.throws(() => choose(crc, text), says);
  });
}

test('only one parameter is swept', () => {
  assert.throws(() => choose(crc, 'buf=bytes:1..9', 'crc=1..9'), /cannot both be swept/);
});

test('sizes end at 256M and sweeps hold both ends', () => {
  assert.equal(parseSize('256M'), 2 ** 28);
  assert.equal(parseSize('257M'), null);
  assert.deepEqual(parseSweep('100..200'), [100, 200]);
  assert.equal(parseSweep('0..8'), null);
});

test('values keep 64 bits, signs and infinities', () => {
  assert.equal(readScalar('u64', '0xffffffffffffffff'), 2n ** 64n - 1n);
  assert.equal(readScalar('i64', '-5n'), -5n);
  assert.equal(readScalar('f64', '-inf'), -Infinity);
  assert.equal(whyNoValue('i8', '-128'), null);
  assert.match(whyNoValue('i8', '128')!, /-128 to 127/);
});

test('answers of all lanes have one form', () => {
  assert.equal(answerOf('u64', 5, null), 5n);
  assert.equal(answerOf('bool', 1, null), true);
  assert.equal(answerOf('pointer', 0n, null), 'null');
  assert.equal(answerOf('pointer', 4096, null), 'an address');
  assert.ok(nearlySame(0.1 + 0.2, 0.3));
  assert.ok(!nearlySame(1, 1.001));
});
