// The house rules that a program can check: which folder may import which, where a runtime may be
// named, and how long files and lines may be.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const longestFile_lines = 350;
const longestLine_characters = 100;

interface Source {
  /** Relative to the checkout, with `/`. */
  readonly path: string;
  readonly lines: readonly string[];
  readonly text: string;
}

const sources: readonly Source[] = ['src', 'runtimes', 'bench', 'test', 'zig', 'build.zig']
  .flatMap(filesBelow).filter((path) => /\.(ts|mjs|zig)$/.test(path))
  .map((path) => {
    const text = readFileSync(join(root, path), 'utf8').replaceAll('\r\n', '\n');
    return { path, text, lines: text.split('\n') };
  });

function filesBelow(path: string): string[] {
  if (path.includes('.')) return [path];
  try {
    return readdirSync(join(root, path), { withFileTypes: true })
      .filter((entry) => entry.name !== 'fixtures')
      .flatMap((entry) => filesIn(entry.isDirectory(), `${path}/${entry.name}`));
  } catch {
    return []; // a folder that does not exist yet has no file that breaks a rule
  }
}

function filesIn(isDirectory: boolean, path: string): string[] {
  return isDirectory ? filesBelow(path) : [path];
}

/** Programs in TypeScript and JavaScript that are not tests. */
const scripts = sources.filter(({ path }) => /^(src|runtimes)\/.*\.(ts|mjs)$/.test(path));

/**
 * What each folder may import besides itself: a folder, or single files of it. `test` and `bench`
 * may import all.
 */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  'src/boot': [],
  'src/catalogue': [],
  'src/stats': [],
  'src/usage': [],
  'src/measure': ['src/catalogue', 'runtimes/host'],
  // What is written and read knows nothing of what is made of it.
  'src/results': [],
  'src/analysis': ['src/results', 'src/stats', 'src/catalogue', 'src/worker/protocol.ts'],
  'src/report': ['src/analysis', 'src/results', 'src/stats'],
  'src/worker': ['src/catalogue', 'src/measure', 'src/call/task.ts', 'runtimes/host'],
  // Functions of other libraries: what a worker makes of them, and what the tool finds out first.
  'src/call': [
    ...['src/catalogue', 'src/results', 'src/usage', 'src/planning', 'src/launching'],
    ...[
      'src/session',
      'src/boot',
      'src/worker/protocol.ts',
      'runtimes/registry.ts',
      'runtimes/lanes.ts',
    ],
  ],
  'src/check': ['src/boot', 'src/machine/generators.ts'],
  // What makes the package: the whole tool goes into it.
  'src/package': [
    ...['src/analysis', 'src/boot', 'src/call', 'src/catalogue', 'src/cli', 'src/launching'],
    ...['src/results', 'src/session', 'runtimes/registry.ts', 'runtimes/lanes.ts'],
  ],
  'src/machine': [
    ...['src/catalogue', 'src/results', 'src/usage', 'src/boot'],
    ...['runtimes/registry.ts', 'runtimes/lanes.ts', 'runtimes/host'],
    ...['declarations', 'cython', 'rust'].map((name) => `runtimes/cpython/bindings/${name}.ts`),
    ...['napi_rs', 'wasm_bindgen'].map((name) => `runtimes/${name}/bindings.ts`),
  ],
  'src/planning': [
    ...['src/machine', 'src/catalogue', 'src/results', 'src/analysis', 'src/stats', 'src/usage'],
    'runtimes/registry.ts',
    'runtimes/lanes.ts',
  ],
  // What starts workers knows what they say, but none of what they do.
  'src/launching': [
    ...['src/planning', 'src/machine', 'src/catalogue', 'src/results', 'src/analysis', 'src/stats'],
    ...['src/boot', 'src/worker/protocol.ts', 'runtimes/registry.ts', 'runtimes/lanes.ts'],
  ],
  'src/session': [
    ...['src/launching', 'src/planning', 'src/machine', 'src/catalogue', 'src/results'],
    ...['src/analysis', 'src/stats', 'src/usage', 'src/boot', 'src/measure/batch.ts'],
    ...['src/worker/protocol.ts', 'src/worker/manifest.ts'],
    ...['runtimes/registry.ts', 'runtimes/lanes.ts', 'runtimes/host'],
  ],
  'src/cli': [
    ...['src/session', 'src/planning', 'src/machine', 'src/usage', 'src/report', 'src/analysis'],
    ...['src/results', 'src/stats', 'src/catalogue', 'src/boot', 'src/call'],
    ...['runtimes/registry.ts', 'runtimes/lanes.ts', 'runtimes/host'],
  ],
  'runtimes/host': ['src/catalogue', 'src/measure', 'runtimes'],
  'runtimes': ['src/catalogue', 'runtimes/host'],
};

/** Folders whose functions depend on their arguments alone. */
const pureFolders = ['src/catalogue', 'src/stats', 'src/analysis', 'src/report'];

function folderOf(path: string): string {
  const parts = path.split('/');
  if (parts[0] !== 'runtimes') return parts.slice(0, 2).join('/');
  return parts[1] === 'host' ? 'runtimes/host' : 'runtimes';
}

/** The modules that a file imports, types included, as they are written there. */
function importsOf({ text }: Source): string[] {
  const patterns = [
    /^(?:import|export)\b[^;'"]*?\bfrom '([^']+)'/gm,
    /^import '([^']+)'/gm,
    /\bimport\('([^']+)'\)/g,
  ];
  return patterns.flatMap((pattern) => [...text.matchAll(pattern)].map((match) => match[1] ?? ''));
}

/** The files of this checkout that a file imports. */
function targetsOf(source: Source): string[] {
  return importsOf(source).filter((name) => name.startsWith('.'))
    .map((name) => posix.normalize(posix.join(posix.dirname(source.path), name)));
}

/** The code without comments and texts, where a runtime may well be spoken of. */
function codeOf({ text }: Source): string {
  return text.replaceAll(/\/\*[\s\S]*?\*\//g, '').replaceAll(/'(?:[^'\\\n]|\\.)*'/g, "''")
    .replaceAll(/\/\/.*$/gm, '');
}

/** Lines that match, as `path:line`. */
function placesOf(pattern: RegExp, among: readonly Source[]): string[] {
  return among.flatMap(({ path, lines }) =>
    lines.flatMap((line, index) => pattern.test(line) ? [`${path}:${index + 1}`] : [])
  );
}

test('tidy finds the sources it is to check', () => {
  assert.ok(scripts.length > 20, `only ${scripts.length} files`);
  assert.ok(scripts.some((source) => importsOf(source).length > 3));
});

test('imports point one way', () => {
  const wrong = scripts.flatMap((source) => {
    const folder = folderOf(source.path);
    const allowed = [folder, ...mayImport[folder] ?? []];
    return targetsOf(source)
      .filter((target) => !allowed.some((part) => target === part || folderOf(target) === part))
      .map((target) => `${source.path} imports ${target}`);
  });
  assert.deepEqual(wrong, []);
});

test('no file imports itself by way of others', () => {
  const imports = new Map(scripts.map((source) => [source.path, targetsOf(source)]));
  const finished = new Set<string>();
  const circleFrom = (path: string, way: readonly string[]): readonly string[] | null => {
    if (way.includes(path)) return [...way.slice(way.indexOf(path)), path];
    if (finished.has(path)) return null;
    for (const target of imports.get(path) ?? []) {
      const circle = circleFrom(target, [...way, path]);
      if (circle !== null) return circle;
    }
    finished.add(path);
    return null;
  };
  assert.deepEqual(scripts.map(({ path }) => circleFrom(path, [])).filter(Boolean), []);
});

/** A text of four words and more that ends as a sentence does. */
const sentenceForm = /(['`])[A-Z][a-z]+(?: [^'`\n]*){3}[a-z)}][.?!]\1/;

test('sentences of the report are made in one folder', () => {
  // What the script of the page says of a click is made of no facts.
  const others = sources.filter(({ path }) =>
    path.startsWith('src/report/') && !/^src\/report\/(words|page\/client)\//.test(path)
  ).map((source) => ({ ...source, lines: source.lines.filter((line) => !/Error\(/.test(line)) }));
  assert.deepEqual(placesOf(sentenceForm, others), []);
  const words = sources.filter(({ path }) => path.startsWith('src/report/words/'));
  assert.ok(placesOf(sentenceForm, words).length > 5);
});

test('the boot files import nothing that must be installed first', () => {
  const wrong = scripts.filter(({ path }) => path.startsWith('src/boot/')).flatMap((source) =>
    importsOf(source).filter((name) => !name.startsWith('node:') && !name.startsWith('./'))
      .map((name) => `${source.path} imports ${name}`)
  );
  assert.deepEqual(wrong, []);
});

test('catalogue, stats, analysis and report touch no file, process or runtime', () => {
  const wrong = scripts.filter(({ path }) => pureFolders.includes(folderOf(path)))
    .filter((source) =>
      importsOf(source).some((name) => name.startsWith('node:')) ||
      /\b(process|Deno|Bun|fetch|localStorage)\s*[.(]/.test(codeOf(source))
    ).map(({ path }) => path);
  assert.deepEqual(wrong, []);
});

test('only runtimes/ names what one runtime alone has', () => {
  const wrong = scripts.filter(({ path }) => !path.startsWith('runtimes/')).filter((source) =>
    importsOf(source).some((name) => /^(bun|bun:.*|node:ffi|koffi)$/.test(name)) ||
    /\b(Deno|Bun)\s*\./.test(codeOf(source))
  ).map(({ path }) => path);
  assert.deepEqual(wrong, []);
});

test(`files have at most ${longestFile_lines} lines`, () => {
  const long = sources.filter(({ lines }) => lines.length - 1 > longestFile_lines)
    .map(({ path, lines }) => `${path}: ${lines.length - 1}`);
  assert.deepEqual(long, []);
});

test(`lines have at most ${longestLine_characters} characters`, () => {
  const long = placesOf(new RegExp(`^.{${longestLine_characters + 1},}$`, 'u'), sources);
  assert.deepEqual(long, []);
});

test('each file opens with a comment on what it is for', () => {
  const bare = sources.filter(({ lines }) => {
    const first = lines[0]?.startsWith('#!') ? lines[1] : lines[0];
    return !/^\/[/*]/.test(first ?? '');
  }).map(({ path }) => path);
  assert.deepEqual(bare, []);
});

test('nothing is left for later', () => {
  assert.deepEqual(placesOf(/\b(TO[D]O|FIX[M]E)\b/, sources), []);
});

const tests = sources.filter(({ path }) => path.startsWith('test/'));

/** Ways to leave a test out, or all others; what may be left out stands in one table. */
const leavesOut = /\.(only|skip|todo)\(|\b(test|it)\.(only|skip|todo)\b|\b(skip|todo): (?!skips\.)/;

/** A test that ends before its assertions: what it needs is there, or it is left out by name. */
const endsEarly = /^\s*if \(.*\) return;/;

/** Assertions that hold whatever is tested, and those on how fast the machine was. */
const assertsNothing = /assert\.ok\((true|[\w.!?]*(Ns|Ms|_ns|_ms|length|size|count) >= 0)[,)]/;
const assertsDuration = /assert\.ok\(.*\b(elapsed|longest|took)(Ms|_ms)\b/;

test('no test in Zig ends early unseen: it is skipped, and counted', () => {
  const early = sources.filter(({ path }) => path.endsWith('.zig')).flatMap(({ path, text }) =>
    [...text.matchAll(/^test "[^"]*" \{\n[\s\S]*?^\}/gm)]
      .filter(([body]) => /\breturn;/.test(body)).map(([body]) => `${path}: ${body.split('\n')[0]}`)
  );
  assert.deepEqual(early, []);
});

const rules = [
  ['leaves a test out unseen', leavesOut, `test.${'skip'}('x', () => {});`],
  ['leaves a test out unseen', leavesOut, `  ${'skip'}: process.platform === 'linux',`],
  ['ends before it has asserted', endsEarly, `  if (!existsSync(path)) ${'return'};`],
  ['asserts what always holds', assertsNothing, `  assert.ok${'('}figure.elapsedNs >= 0);`],
  ['asserts a duration', assertsDuration, `  assert.ok${'('}longestMs < 60_000, text);`],
] as const;

for (const [what, pattern, example] of rules) {
  test(`no test ${what}, as ${example.trim()} does`, () => {
    assert.match(example, pattern);
    assert.deepEqual(placesOf(pattern, tests), []);
  });
}
