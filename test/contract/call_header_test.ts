// Headers as `call` reads them: by the system's preprocessor, by Zig's, and as they stand where
// there is neither.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { readTools } from '../../src/boot/tools.mjs';
import { root } from '../../src/boot/versions.mjs';
import { dataModelOf } from '../../src/call/c_types.ts';
import { Declarations } from '../../src/call/c/declarations.ts';
import { openGrammar } from '../../src/call/c/grammar.ts';
import { findHeadersOf, readHeaders } from '../../src/call/c/header.ts';
import { preprocess } from '../../src/call/c/preprocess.ts';
import { prototypeReader, readPasted, whatHeadersSay } from '../../src/call/pasted.ts';
import { prototypeOf } from '../../src/call/prototype.ts';

const folder = mkdtempSync(join(root, '.ffi-bench', 'call-'));
after(() => rmSync(folder, { recursive: true, force: true }));

const grammar = await openGrammar();
const model = dataModelOf('linux', 'x64');

writeFileSync(join(folder, 'types.h'), 'typedef unsigned short port_no;\n');
const own = join(folder, 'own.h');
writeFileSync(
  own,
  `#include "types.h"
#define API __attribute__((visibility("default")))
#define LIMIT (1 << 4)
API port_no next_port(port_no after);
#ifdef WITH_MORE
typedef struct { int a, b; } pair;
API int more(pair p);
#endif
`,
);

test('a header is read with what it includes, by any preprocessor', () => {
  const { zig } = readTools();
  if (zig.state === 'missing') throw new Error(zig.reason);
  for (const compiler of [undefined, [zig.path, 'cc']]) {
    const { text } = preprocess(own, compiler);
    const declarations = new Declarations(grammar, model, text);
    assert.equal(prototypeOf(declarations.function('next_port')!, model).result, 'u16');
    assert.equal(declarations.constant('LIMIT'), 16n);
  }
});

test('a header is read as it stands where there is no preprocessor', () => {
  const { text, note } = preprocess(own, null);
  assert.match(note!, /no C preprocessor here/);
  const declarations = new Declarations(grammar, model, text);
  assert.deepEqual(prototypeOf(declarations.function('more')!, model).parameters[0]!.word, {
    struct: { a: 'i32', b: 'i32' },
  });
});

test('a function that its header shows only under a macro is found all the same', () => {
  const headers = readHeaders(grammar, model, [own])!;
  assert.equal(headers.declarations.function('more'), null);
  assert.equal(prototypeOf(headers.find('more')!, model).result, 'i32');
});

test('a pasted declaration finds its types in the header that declares it', () => {
  const text = 'SQLITE_API sqlite3_int64 sqlite3_last_insert_rowid(sqlite3*);';
  assert.equal(readPasted(grammar, model, text).result, 'i64');
  const curl = 'CURL_EXTERN CURLcode curl_global_init(long flags);';
  assert.equal(readPasted(grammar, model, curl).result, 'i32');
});

test('a declaration that a header contradicts is told, and one that it shares is not', () => {
  const say = (text: string) =>
    whatHeadersSay(grammar, model, null, readPasted(grammar, model, text));
  assert.match(say('int cos(double)')!, /declares cos otherwise: it returns f64, not i32\.$/);
  assert.match(say('double cos(int, int)')!, /takes 1 arguments, not 2/);
  assert.match(say('double pow(double x, float y)')!, /takes f64 for argument 2, not f32/);
  assert.equal(say('double cos(double)'), null);
  assert.equal(say('u64 strlen(buffer)'), null);
  assert.equal(say('int no_such_function_at_all(int)'), null);
});

test('a bare name is looked up in the installed headers', () => {
  assert.ok(findHeadersOf('crc32').some((path) => path.endsWith('/zlib.h')));
  const read = prototypeReader(grammar, model, null);
  assert.equal(read('adler32', () => {}).parameters.length, 3);
  assert.throws(() => read('no_such_function_at_all', () => {}), /No header that is installed/);
});

test('a header that is not there, or is broken, gets a sentence', () => {
  const broken = join(folder, 'broken.h');
  writeFileSync(broken, '#error this header is not for you\n');
  assert.throws(() => preprocess(broken), /cannot be preprocessed by .*not for you/);
  assert.throws(() => preprocess('no/such/header.h'), /There is no header no\/such\/header\.h/);
});
