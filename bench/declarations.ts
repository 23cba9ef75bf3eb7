/**
 * How many declarations of real headers `ffi-bench call` understands: every function that a library
 * exports and its header declares, once as it stands in the header, macros and all, and once by
 * `--header`. What no lane can pass is to be refused by its name.
 *
 *     npm run self -- bench/declarations.ts [--all]
 *
 * Needs Debian's -dev packages of the libraries below; those that are missing are named.
 */
import { readFileSync } from 'node:fs';
import process from 'node:process';
import { dataModelOf } from '../src/call/c_types.ts';
import { type Headers, readHeaders } from '../src/call/c/header.ts';
import { type Grammar, openGrammar } from '../src/call/c/grammar.ts';
import { findLibrary } from '../src/call/library.ts';
import { parsePrototype, prototypeOf } from '../src/call/prototype.ts';
import { readPasted } from '../src/call/pasted.ts';

/** Header, library, the package that Debian has the header in. */
const headers = [
  ['zlib.h', 'libz.so.1', 'zlib1g-dev'],
  ['zstd.h', 'libzstd.so.1', 'libzstd-dev'],
  ['lz4.h', 'liblz4.so.1', 'liblz4-dev'],
  ['xxhash.h', 'libxxhash.so.0', 'libxxhash-dev'],
  ['sqlite3.h', 'libsqlite3.so.0', 'libsqlite3-dev'],
  ['curl/curl.h', 'libcurl.so.4', 'libcurl4-openssl-dev'],
  ['libxml/parser.h', 'libxml2.so.2', 'libxml2-dev'],
  ['sodium.h', 'libsodium.so.23', 'libsodium-dev'],
  ['png.h', 'libpng16.so.16', 'libpng-dev'],
  ['openssl/evp.h', 'libcrypto.so.3', 'libssl-dev'],
  ['cblas.h', 'libopenblas.so.0', 'libopenblas-dev'],
  ['lzma.h', 'liblzma.so.5', 'liblzma-dev'],
  ['bzlib.h', 'libbz2.so.1.0', 'libbz2-dev'],
  ['expat.h', 'libexpat.so.1', 'libexpat1-dev'],
  ['stdlib.h', 'libc.so.6', 'libc6-dev'],
  ['string.h', 'libc.so.6', 'libc6-dev'],
  ['math.h', 'libm.so.6', 'libc6-dev'],
] as const;

const model = dataModelOf(process.platform, process.arch);

/** How many of some declarations were read. */
interface Count {
  parsed: number;
  /** Those that no lane can pass, refused for that reason. */
  refused: number;
  readonly failed: string[];
}

/** What no runtime can pass: these are to be refused, and by this name. */
const unpassable = /"\.\.\."|has no form in any runtime|complex number|A union by value/;

function count(total: Count, name: string, read: () => unknown): void {
  try {
    read();
    total.parsed++;
  } catch (error) {
    const { message } = error as Error;
    if (unpassable.test(message)) total.refused++;
    else total.failed.push(`${name}: ${message}`);
  }
}

/** The text of the declaration of a function as it stands in a header, comments before it apart. */
function declarationIn(header: string, name: string): string | null {
  const place = new RegExp(`\\b${name}\\b[\\s)]*(\\(|,\\s*\\(|[A-Z_]+\\s*\\(\\()`, 'g');
  for (const { index } of header.matchAll(place)) {
    const before = header.slice(0, index);
    // What comes before ends in ";", "}", a comment or a line of the preprocessor.
    const start = Math.max(
      before.lastIndexOf(';') + 1,
      before.lastIndexOf('}') + 1,
      before.lastIndexOf('{') + 1,
      endOfLastDirective(before),
      // A macro that is a whole declaration may stand without a ";" behind it.
      before.search(/(?<=\)\s*\n)[A-Z_]+\([^()]*$/),
    );
    const end = header.indexOf(';', index);
    const text = header.slice(start, end + 1).trim();
    const isDeclaration = end !== -1 && /^[A-Za-z_]/.test(text) && !/[{}=#]/.test(text) &&
      !/^(return|define|if|else)\b/.test(text) && text.length < 3000 &&
      !text.startsWith('typedef') && !text.startsWith(name);
    if (isDeclaration) return text;
  }
  return null;
}

function endOfLastDirective(text: string): number {
  let end = 0;
  for (const match of text.matchAll(/^[ \t]*#(?:.*\\\r?\n)*.*$/gm)) {
    end = match.index + match[0].length;
  }
  return end;
}

/** A text without its comments. */
function withoutComments(text: string): string {
  return text.replace(/\/\*[^]*?\*\/|\/\/[^\n]*/g, ' ');
}

function benchHeader(grammar: Grammar, library: string, { files, types, find }: Headers) {
  const exported = findLibrary(library).functions ?? [];
  const text = withoutComments(files.map((file) => readFileSync(file, 'utf8')).join('\n'));
  const alone: Count = { parsed: 0, refused: 0, failed: [] };
  const pasted: Count = { parsed: 0, refused: 0, failed: [] };
  const named: Count = { parsed: 0, refused: 0, failed: [] };
  for (const name of exported) {
    const declaration = declarationIn(text, name);
    if (declaration === null) continue;
    count(alone, name, () => parsePrototype(grammar, declaration, model));
    count(pasted, name, () => readPasted(grammar, model, declaration, types));
    count(named, name, () => {
      const found = find(name);
      if (found === null) throw new Error('it is not found in the header');
      prototypeOf(found, model);
    });
  }
  return { alone, pasted, named };
}

function readInstalled(header: string): Headers | null {
  try {
    return readHeaders(grammar, model, [header]);
  } catch (error) {
    if (/There is no header/.test((error as Error).message)) return null;
    throw error;
  }
}

function percent({ parsed, refused, failed }: Count): string {
  const all = parsed + refused + failed.length;
  return `${String(parsed).padStart(5)} ${String(refused).padStart(4)} ` +
    `${String(failed.length).padStart(4)}  ${((parsed + refused) / all * 100).toFixed(1)} %`;
}

function add(total: Count, one: Count): void {
  total.parsed += one.parsed;
  total.refused += one.refused;
  total.failed.push(...one.failed);
}

const grammar = await openGrammar();
const totals = { alone: empty(), pasted: empty(), named: empty() };

function empty(): Count {
  return { parsed: 0, refused: 0, failed: [] };
}

const columns = 'parsed, refused by name, not understood, understood';
process.stdout.write(`Of each: ${columns}.\n`);
process.stdout.write(
  `${'header'.padEnd(28)} ${'pasted, nothing installed'.padEnd(26)} ` +
    `${'pasted, headers installed'.padEnd(26)} by --header\n`,
);
for (const [header, library, debian] of headers) {
  const read = readInstalled(header);
  if (read === null) {
    process.stdout.write(`${header.padEnd(28)} is not here; Debian has it in ${debian}\n`);
    continue;
  }
  const found = benchHeader(grammar, library, read);
  for (const key of ['alone', 'pasted', 'named'] as const) add(totals[key], found[key]);
  process.stdout.write(
    `${header.padEnd(28)} ${percent(found.alone).padEnd(26)} ${percent(found.pasted).padEnd(26)} ` +
      `${percent(found.named)}\n`,
  );
  const shown = process.argv.includes('--all') ? Infinity : 0;
  for (const one of [...found.pasted.failed, ...found.named.failed].slice(0, shown)) {
    process.stdout.write(`    ${one.replace(/\n/g, '\n    ')}\n`);
  }
}
process.stdout.write(
  `${'all'.padEnd(28)} ${percent(totals.alone).padEnd(26)} ${percent(totals.pasted).padEnd(26)} ${
    percent(totals.named)
  }\n`,
);
