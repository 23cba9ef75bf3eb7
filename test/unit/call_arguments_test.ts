// What is passed for each parameter: by itself, by --arg, and what cannot be passed.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  chooseArguments,
  readArgument,
  refuseStray,
  sayArguments,
} from '../../src/call/arguments.ts';
import { dataModelOf } from '../../src/call/c_types.ts';
import { parsePrototype } from '../../src/call/prototype.ts';
import { parseSize, parseSweep } from '../../src/call/sizes.ts';
import { answerOf, nearlySame, readScalar, whyNoValue } from '../../src/call/values.ts';

function choose(text: string, ...args: string[]) {
  const prototype = parsePrototype(text, dataModelOf('linux', 'x64'));
  const given = args.map(readArgument);
  refuseStray(given, [prototype]);
  return chooseArguments(prototype, given);
}

const crc = 'u32 crc32(u32 crc, buffer buf, u32 len)';

test('what nobody gave suits the type, and a length its buffer', () => {
  assert.equal(sayArguments(choose(crc)), 'crc=1 buf=bytes:1024 len=len(buf)');
  assert.equal(
    sayArguments(choose('u32 crc32(u32, buffer, u32)')),
    'arg1=1 arg2=bytes:1024 arg3=len(arg2)',
  );
  assert.equal(
    sayArguments(
      choose('int f(const char *s, double x, bool b, void *p, sqlite3 **db, int flags)'),
    ),
    's="the quick brown fox jumps over a dog" x=0.5 b=true p=null db=bytes:8 flags=1',
  );
});

test('a size that follows no buffer is a plain number', () => {
  assert.equal(sayArguments(choose('void *f(size_t n)')), 'n=1');
  assert.equal(sayArguments(choose('int f(const void *buf, int level)')), 'buf=bytes:1024 level=1');
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
