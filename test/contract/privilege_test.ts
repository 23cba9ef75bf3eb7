/** What workers and the tool may touch: as little as they need, and never through a shell. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { test } from 'node:test';
import { runtimes } from '../../runtimes/registry.ts';
import { denoPermissions } from '../../src/boot/start.mjs';
import { readTools } from '../../src/boot/tools.mjs';
import { root } from '../../src/boot/versions.mjs';
import { workerEnvironment } from '../../src/machine/environment.ts';
import { launchFake, scratchFolder } from '../faults/launching.ts';

const folder = scratchFolder();

/** Tries what a worker or the tool should not be able to do; names what Deno refused. */
const attempts = `
const tried = {
  readOutside: () => Deno.readTextFileSync('/etc/passwd'),
  readCheckout: () => Deno.readTextFileSync(Deno.args[0] + '/package.json'),
  writeCheckout: () => Deno.writeTextFileSync(Deno.args[1], ''),
  writeOutside: () => Deno.writeTextFileSync('/etc/pwned', ''),
  run: () => new Deno.Command('true').outputSync(),
  env: () => Deno.env.get('HOME'),
  secret: () => Deno.env.get('FAKE_SECRET') ?? (() => { throw new Error('unset'); })(),
  sys: () => Deno.networkInterfaces(),
  net: () => Deno.listen({ port: 0 }).close(),
  ffi: () => { try { Deno.dlopen('/nowhere.so', {}); } catch (e) {
    if (e.name === 'NotCapable') throw e;
  } },
};
const may = Object.entries(tried).filter(([, attempt]) => {
  try { attempt(); return true; } catch { return false; }
}).map(([name]) => name);
console.log(JSON.stringify(may));
`;

function tryUnder(flags: readonly string[]): string[] {
  const deno = readTools().runtimes.deno;
  if (deno.state === 'missing') throw new Error(deno.reason);
  const script = join(folder, 'attempts.js');
  writeFileSync(script, attempts);
  const args = [...flags, script, root, join(folder, 'written')];
  const env = { ...process.env, FAKE_SECRET: 'yes', NO_COLOR: '1' };
  return JSON.parse(execFileSync(deno.path, args, { encoding: 'utf8', env }));
}

test('a Deno worker may read the checkout and open libraries, and nothing else', () => {
  const flags = runtimes.deno.flags.map((flag) => flag.replace('{checkout}', root));
  assert.deepEqual(tryUnder([...flags, '--no-prompt']).sort(), ['ffi', 'readCheckout']);
});

test('the tool under Deno has no network, writes to named folders and sees named variables', () => {
  const may = tryUnder(['run', '--no-prompt', '--quiet', ...denoPermissions([], root)]);
  for (const name of ['net', 'writeOutside', 'secret']) assert.ok(!may.includes(name), name);
  assert.ok(may.includes('readCheckout') && may.includes('writeCheckout'));
});

test("a worker gets an allow-list of variables, none of the user's own", async () => {
  const hostile = {
    NODE_OPTIONS: '--no-opt',
    LD_PRELOAD: '/x.so',
    BUN_JSC_useJIT: '0',
    SECRET: 's',
  };
  const before = { ...process.env };
  Object.assign(process.env, { ...hostile, NODE_OPTIONS: '' });
  try {
    const { reason } = await launchFake('environment');
    const seen = Object.keys(JSON.parse(reason!));
    const allowed = ['HOME', 'PATH', 'TMPDIR', 'TEMP', 'TMP', 'SystemRoot', 'USERPROFILE'];
    assert.deepEqual(seen.filter((name) => !allowed.includes(name)), []);
    assert.ok(Object.keys(workerEnvironment({ OWN: '1' })).includes('OWN'));
  } finally {
    for (const name of Object.keys(hostile)) delete process.env[name];
    Object.assign(process.env, before);
  }
});

/** Every program that ships, as path and text. */
function sources(): { path: string; text: string }[] {
  return ['src', 'runtimes'].flatMap((top) =>
    readdirSync(join(root, top), { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.(ts|mjs)$/.test(name))
      .map((name) => ({
        path: `${top}/${name}`,
        text: readFileSync(join(root, top, name), 'utf8'),
      }))
  );
}

/** A program without its comments. */
function codeOf(text: string): string {
  return text.replaceAll(/\/\*[\s\S]*?\*\//g, '').replaceAll(/^\s*\/\/.*$/gm, '');
}

test('no program starts anything through a shell', () => {
  const found = sources().flatMap(({ path, text }) => {
    const names = [...text.matchAll(/import \{([^}]*)\} from 'node:child_process'/g)]
      .flatMap((match) => match[1]!.split(',').map((name) => name.replace('type', '').trim()));
    return [
      ...names.filter((name) => /^exec(Sync)?$/.test(name)).map((name) =>
        `${path} imports ${name}`
      ),
      ...(/from 'node:child_process'/.test(text) && names.length === 0
        ? [`${path} imports all`]
        : []),
      ...(/\bshell: *(?!(?:Static|Type)\b)/.test(codeOf(text)) ? [`${path} asks for a shell`] : []),
      ...(/['"](\/bin\/)?(ba|z|da)?sh['"]|cmd\.exe|powershell/i.test(text)
        ? [`${path} names one`]
        : []),
    ];
  });
  assert.deepEqual(found, []);
});
