// The inputs and the twins of the catalogue: exact sizes, known sums, published test vectors.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { builtins } from '../../runtimes/builtins.ts';
import { forms } from '../../runtimes/forms.ts';
import { halves, halvesSum, pattern, scattered } from '../../src/catalogue/inputs.ts';
import { untilFast } from '../../src/catalogue/tasks/start.ts';
import { byteSum, byteSumPlain, charsets, text, unitSum } from '../../src/catalogue/texts.ts';
import { crc32, sha256 } from '../../src/catalogue/twins/digest.ts';
import { base64, isUtf8, sumOfNumbers } from '../../src/catalogue/twins/text.ts';

const utf8 = (value: string) => new TextEncoder().encode(value);
const hex = (bytes: Uint8Array) =>
  Array.from(bytes, (x) => x.toString(16).padStart(2, '0')).join('');
/** Strings with halves of surrogate pairs among them. */
const anyString = fc.string({ unit: 'binary' });

test('text has exactly as many bytes as asked, in every charset', () => {
  for (const charset of charsets) {
    for (const bytes of [0, 1, 3, 8, 36, 256, 4096, 8192, 65536, 100_001]) {
      assert.equal(utf8(text(bytes, charset)).length, bytes, `${charset} ${bytes}`);
    }
  }
});

test('text differs from variant to variant, and from charset to charset', () => {
  const variants = Array.from({ length: 64 }, (_, i) => text(36, 'ascii', i));
  assert.ok(new Set(variants).size > 16);
  assert.equal(new Set(charsets.map((charset) => text(36, charset))).size, charsets.length);
});

test('text has no zero byte, which would end it in C', () => {
  for (const charset of charsets) assert.ok(!utf8(text(9000, charset)).includes(0));
});

test('byteSumPlain is byteSum for any string', () => {
  fc.assert(fc.property(anyString, (value) => byteSumPlain(value) === byteSum(value)));
});

test('byteSumPlain counts half a surrogate pair as the replacement character', () => {
  for (const value of ['\ud800', 'a\udc00b', '\ud83d\ud83d\ude00', '\udc00\ud800']) {
    assert.equal(byteSumPlain(value), byteSum(value), JSON.stringify(value));
  }
});

test('unitSum adds up UTF-16 units', () => {
  assert.equal(unitSum('aé'), 97 + 233);
  assert.equal(unitSum('😀'), 0xd83d + 0xde00);
});

test('pattern, halves and scattered have their size and their sums', () => {
  assert.deepEqual([...pattern(3)], [1, 2, 3]);
  assert.ok(!pattern(1000).includes(0));
  for (const elements of [1, 2, 1001]) {
    assert.equal(halves(elements).reduce((sum, x) => sum + x, 0), halvesSum(elements));
  }
  assert.equal(new Set(scattered(1000)).size, 1000);
  assert.deepEqual(scattered(8), scattered(8));
  assert.notDeepEqual(scattered(8), scattered(8, 2));
});

test('the twins answer as what is built in', () => {
  const bytes = fc.uint8Array({ maxLength: 300 });
  fc.assert(fc.property(bytes, (value) => crc32(value) === builtins.crc32(value)));
  fc.assert(fc.property(bytes, (value) => isUtf8(value) === builtins.isUtf8(value)));
  fc.assert(fc.property(anyString, (value) => isUtf8(utf8(value))));
  fc.assert(fc.property(bytes, (value) => {
    const out = new Uint8Array(32);
    sha256(value, out);
    return hex(out) === hex(builtins.sha256(value));
  }));
  fc.assert(fc.property(bytes, (value) => {
    const out = new Uint8Array(400);
    const encoded = new TextDecoder().decode(out.subarray(0, base64(value, out)));
    return encoded === builtins.base64(value);
  }));
});

test('sumOfNumbers counts numbers at any depth and nothing else', () => {
  assert.equal(sumOfNumbers(JSON.parse('[1,{"a":[2.5,-1e3]},"7",null,true]')), -996.5);
});

test('the forms of this runtime do what the plain ones do, for any string', () => {
  fc.assert(fc.property(anyString, (value) => {
    const bytes = utf8(value);
    const kept = new Uint8Array(bytes.length + 8);
    const written = forms.textWriter(kept)(value);
    const units = new Uint16Array(value.length + 4);
    const count = forms.unitWriter(units)(value);
    const same = hex(forms.encode(value)) === hex(bytes) &&
      hex(kept.subarray(0, written)) === hex(bytes);
    const asUnits = Array.from({ length: value.length }, (_, i) => value.charCodeAt(i));
    return same && units.subarray(0, count).join() === asUnits.join();
  }));
});

test('the reader of this runtime returns what a decoder does, for any bytes', () => {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (value) => {
    const kept = new Uint8Array(value.length + 8).fill(65);
    kept.set(value);
    return forms.textReader(kept)(value.length) === decoder.decode(value);
  }));
});

test('the reader keeps a byte order mark, which is part of what C gave', () => {
  assert.equal(forms.textReader(utf8('\ufeffa'))(4), '\ufeffa');
});

test('numbers come out of the forms as they went in', () => {
  fc.assert(fc.property(fc.array(fc.double(), { maxLength: 100 }), (list) => {
    const kept = new Float64Array(list.length + 1);
    forms.numberWriter(kept)(list);
    const fresh = forms.freshNumbers(list);
    return list.every((x, i) => Object.is(kept[i], x) && Object.is(fresh[i], x)) &&
      fresh.length === list.length && kept[list.length] === 0;
  }));
});

test('untilFast finds the first of three windows that are as fast as the last ones', () => {
  const windows = [900, 800, 100, 700, 110, 100, 105, 100, 100, 100, 100, 100];
  assert.deepEqual(untilFast(windows), { elapsedNs: 2500, calls: 4 * 500 + 1 });
  assert.deepEqual(untilFast([100, 100, 100, 100]), { elapsedNs: 0, calls: 1 });
});
