// Prototypes of C and in the catalogue's words, and where the caret stands when one does not parse.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dataModelOf } from '../../src/call/c_types.ts';
import { emptySource } from '../../src/call/empty.ts';
import { parsePrototype, type Prototype } from '../../src/call/prototype.ts';

const unix = dataModelOf('linux', 'x64');

function parse(text: string, model = unix): Prototype {
  return parsePrototype(text, model);
}

function wordsOf(text: string): unknown[] {
  const { parameters, result } = parse(text);
  return [...parameters.map(({ word }) => word), result];
}

const bytes = { buffer: 'u8' };
const bytesOut = { buffer: 'u8', mutable: true };

test('C and the words of the catalogue are one grammar', () => {
  assert.deepEqual(wordsOf('double cos(double)'), ['f64', 'f64']);
  const c = 'uint32_t crc32(uint32_t, const unsigned char *buf, unsigned len);';
  assert.deepEqual(wordsOf(c), ['u32', bytes, 'u32', 'u32']);
  assert.deepEqual(wordsOf('u32 crc32(u32, buffer, u32)'), ['u32', bytes, 'u32', 'u32']);
  assert.deepEqual(wordsOf('f64 sum(const f64[], u32 n)'), [{ buffer: 'f64' }, 'u32', 'f64']);
});

test('integers of C have the width of the platform', () => {
  assert.deepEqual(wordsOf('unsigned long f(long, long long int, short, size_t)'), [
    ...['i64', 'i64', 'i16', 'u64', 'u64'],
  ]);
  assert.equal(parse('long f(void)', dataModelOf('win32', 'x64')).result, 'i32');
  assert.equal(parse('char f(void)').result, 'i8');
  assert.equal(parse('char f(void)', dataModelOf('linux', 'arm64')).result, 'u8');
  assert.equal(parse('unsigned f()').parameters.length, 0);
});

test('a pointer is a text, a buffer, a slot or an address by what it points to', () => {
  assert.deepEqual(wordsOf('char *f(const char *s, char *out, const void *in, void *p)'), [
    ...['cstring', bytesOut, bytes, 'pointer', 'cstring'],
  ]);
  const [slot, struct, opaque, result] = wordsOf('FILE *f(sqlite3 **db, struct stat *s, FILE *f)');
  assert.deepEqual(slot, { buffer: 'u64', mutable: true });
  assert.deepEqual([struct, opaque, result], ['pointer', 'pointer', 'pointer']);
  const [callback] = wordsOf('int f(int (*compare)(const void *, const void *))');
  assert.equal(callback, 'pointer');
});

test('a struct of doubles goes by value', () => {
  assert.deepEqual(wordsOf('double f(struct { double x, y; } p)'), [
    { struct: { x: 'f64', y: 'f64' } },
    'f64',
  ]);
});

/** Prototypes that do not parse, with the text under the carets and a word of the sentence. */
const wrong = [
  ['uint32_t crc32(unsignd len)', 'unsignd', /Nearest: unsigned/],
  ['long double cosl(long double)', 'long double', /no form in any runtime/],
  ['int printf(const char *f, ...)', '...', /no lane does that/],
  ['double cos(double', '', /"," or "\)"/],
  ['double (double)', '(', /function's name/],
  ['int f(struct point p)', 'struct point', /by value needs its fields/],
  ['int f(struct { int x; } p)', 'int', /doubles/],
  ['int f(void, int)', 'void', /No parameter can be void/],
  ['int f(int) trailing', 'trailing', /Nothing may follow/],
  ['int f(unsigned float x)', 'unsigned float', /no C type/],
  ['int f(int $x)', '$', /belongs to no C prototype/],
  ['double _Complex f(void)', 'double _Complex', /complex/i],
  ['', '', /type is expected/],
] as const;

for (const [text, under, says] of wrong) {
  test(`parsePrototype refuses "${text}" with a caret under the place`, () => {
    assert.throws(() => parse(text), (error: Error) => {
      const [sentence, source, carets] = error.message.split('\n');
      assert.match(sentence!, says);
      assert.equal(source, `  ${text}`);
      const from = carets!.indexOf('^');
      const marked = source!.slice(from, carets!.lastIndexOf('^') + 1);
      assert.equal(marked, under);
      return true;
    });
  });
}

test('parsePrototype ends on any text', () => {
  const parts = ['int', '*', '(', ')', ',', 'const', 'struct', '{', '}', 'f', '[', ']', ';', '...'];
  let state = 7;
  const next = () => state = (state * 1103515245 + 12345) % 2 ** 31;
  for (let i = 0; i < 3000; i++) {
    const text = Array.from({ length: next() % 12 }, () => parts[next() % parts.length]).join(' ');
    try {
      parse(text);
    } catch (error) {
      assert.equal((error as Error).constructor.name, 'PrototypeError', text);
    }
  }
});

test('the empty function has the signature and answers nothing', () => {
  const source = emptySource({ args: ['u32', { buffer: 'u8' }, 'f64'], result: 'u64' });
  assert.match(source, /uint64_t ffib_empty\(uint32_t a0, const uint8_t \* a1, double a2\)/);
  assert.match(source, /return 0;/);
  assert.match(emptySource({ args: [], result: 'void' }), /void ffib_empty\(void\) \{ {2}\}/);
  const struct = { struct: { x: 'f64', y: 'f64' } } as const;
  assert.match(
    emptySource({ args: [struct], result: struct }),
    /struct s0 ffib_empty\(struct s0 a0\)/,
  );
});
