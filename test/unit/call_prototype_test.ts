// Prototypes of C and in the catalogue's words, and where the caret stands when one does not parse.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dataModelOf } from '../../src/call/c_types.ts';
import { Declarations } from '../../src/call/c/declarations.ts';
import { evaluate } from '../../src/call/c/constants.ts';
import { openGrammar } from '../../src/call/c/grammar.ts';
import { parsePrototype, type Prototype, prototypeOf } from '../../src/call/prototype.ts';

const unix = dataModelOf('linux', 'x64');
const grammar = await openGrammar();

function parse(text: string, model = unix): Prototype {
  return parsePrototype(grammar, text, model);
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

test('a struct goes by value with the fields of any type', () => {
  assert.deepEqual(wordsOf('double f(struct { double x, y; } p)'), [
    { struct: { x: 'f64', y: 'f64' } },
    'f64',
  ]);
  const declared = 'struct p { int x; float y[2]; struct { char *s; } z; }; int f(struct p v);';
  assert.deepEqual(wordsOf(declared)[0], {
    struct: { x: 'i32', y_0_0: 'f32', y_1_0: 'f32', z_s: 'u64' },
  });
});

/** Declarations as they stand in headers, with the words of arguments and result. */
const asTheyStand = [
  [
    'ZEXTERN uLong ZEXPORT crc32 OF((uLong crc, const Bytef *buf, uInt len));',
    ['u64', bytes, 'u32', 'u64'],
  ],
  [
    'SQLITE_API int sqlite3_open(\n  const char *filename,   /* Database filename (UTF-8) */\n' +
    '  sqlite3 **ppDb          /* OUT: SQLite db handle */\n);',
    ['cstring', { buffer: 'u64', mutable: true }, 'i32'],
  ],
  [
    'extern void *memcpy (void *__restrict __dest, const void *__restrict __src,\n\tsize_t __n) ' +
    '__THROW __nonnull ((1, 2));',
    ['pointer', bytes, 'u64', 'pointer'],
  ],
  ['PNG_EXPORT(1, unsigned int, png_access_version_number, (void));', ['u32']],
  [
    'LZ4_DEPRECATED("use LZ4_compress_default()") LZ4LIB_API int LZ4_compress (const char* src, ' +
    'char* dest, int srcSize);',
    ['cstring', bytesOut, 'i32', 'i32'],
  ],
  ['extern LZMA_API(uint32_t) lzma_version_number(void)\n lzma_nothrow lzma_attr_const;', ['u32']],
  ['int __attribute__((cdecl)) f(int a) __attribute__ ((const));', ['i32', 'i32']],
  ['__declspec(dllexport) int f(int);', ['i32', 'i32']],
  ['extern "C" { int f(int (*cmp)(const void *, const void *)); }', ['pointer', 'i32']],
  ['typedef unsigned int hash_t; hash_t (f)(hash_t seed, hash_t k[32U], char x[static 3]);', [
    ...['u32', { buffer: 'u32', mutable: true }, bytesOut, 'u32'],
  ]],
  ['#define API\nAPI int f(const double x[][4]);', [{ buffer: 'f64' }, 'i32']],
  ['time_t f(pid_t, off_t, wchar_t, socklen_t);', ['i32', 'i64', 'i32', 'u32', 'i64']],
  ['void f(double complex *z, long double *x);', [
    ...[{ buffer: 'f64', mutable: true }, { buffer: 'f64', mutable: true }, 'void'],
  ]],
  ['static inline int f(int a) { return a + 1; }', ['i32', 'i32']],
] as const;

for (const [text, words] of asTheyStand) {
  test(`parsePrototype reads ${text.replace(/\s+/g, ' ').slice(0, 60)}`, () => {
    assert.deepEqual(wordsOf(text), words);
  });
}

test('Declarations finds functions, enums and constants of a header', () => {
  const header = new Declarations(
    grammar,
    unix,
    `#define LEVEL (1 << 2 | 0x3)\n#define LAST 'z'\n#define INDEX size_t
    enum mode { first, second = 4, third }; typedef enum mode mode_t2;
    struct open; typedef struct open *handle;
    INDEX use(mode_t2 m, handle h);`,
  );
  const found = header.function('use')!;
  const { parameters, result } = prototypeOf(found, unix);
  assert.deepEqual(parameters.map(({ word }) => word), ['i32', 'pointer']);
  assert.equal(result, 'u64');
  assert.deepEqual(['third', 'LEVEL', 'LAST', 'none'].map((name) => header.constant(name)), [
    ...[5n, 7n, 122n, null],
  ]);
  assert.equal(header.function('missing'), null);
});

test('evaluate refuses what is no whole number, and ends on division by zero', () => {
  const none = () => null;
  assert.equal(evaluate('(unsigned)-1 & 0xff', none), 255n);
  assert.equal(evaluate('1 / 0', none), null);
  assert.equal(evaluate('1 << 100', none), null);
  assert.equal(evaluate('1.5', none), null);
  assert.equal(evaluate('', none), null);
});

/** Prototypes that cannot be bound, with the text under the carets and a word of the sentence. */
const wrong = [
  ['uint32_t crc32(unsignd len)', 'unsignd', /Nearest: unsigned/],
  ['long double cosl(long double)', 'long double', /no form in any runtime/],
  ['int printf(const char *f, ...)', 'int', /no lane does that/],
  ['double cos(double', '', /"\)" is expected/],
  ['double (double)', 'double (double)', /A type, a name and parameters/],
  ['int f(struct point p)', 'struct point', /fields of struct point are not known/],
  ['int f(union { int a; float b; } u)', 'union { int a; float b; }', /union by value/],
  ['int f(struct { int a:3; } p)', 'struct { int a:3; }', /single bits/],
  ['int f(void, int)', 'void', /No parameter can be void/],
  ['int f(unsigned float x)', 'unsigned float', /no C type/],
  ['double _Complex f(void)', 'double _Complex', /complex/i],
  ['int f(int); int g(int);', 'int', /g is a second one/],
  ['', '', /A type, a name and parameters/],
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
