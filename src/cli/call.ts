/** `ffi-bench call`: measures functions of any shared library, as `run` measures the catalogue. */
import { Command } from 'commander';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { askAll, compareAnswers, likelyCause } from '../call/agreement.ts';
import { stateFolder } from '../boot/places.mjs';
import { root } from '../boot/versions.mjs';
import { type CallFlags, planCall } from '../call/plan.ts';
import { profiles } from '../catalogue/profiles.ts';
import { emptySentence, renderSections } from '../report/sections.ts';
import { writeDocument } from '../results/document.ts';
import type { Document } from '../results/schema.ts';
import { exitCodes, usageError } from '../usage/errors.ts';
import type { Selection } from '../planning/select.ts';
import { prepareSession, type Session } from '../session/prepare.ts';
import { claim } from './claims.ts';
import { parseCount, parseDuration, parseShare, precisionHelp } from './flags.ts';
import { type Interrupt, onInterrupt } from './interrupt.ts';
import { checkOutput, claimFolder, defaultOutput, defaultPlace, journalOf } from './paths.ts';
import { repeatCommand } from './repeat_command.ts';
import { finish, launchAll } from './run.ts';
import { screen } from './screen.ts';
import { tellRuntimes } from './tell_runtimes.ts';
import { toolVersion } from './version.ts';

interface Flags extends CallFlags {
  runtime: string[];
  lane: string[];
  launches?: number;
  precision?: number;
  time?: number;
  seed?: number;
  out?: string;
  force?: boolean;
  beside?: boolean;
}

const examples = `
Examples:
  ffi-bench call libm.so.6 "double cos(double)" --arg 1=0.5
  ffi-bench call libz.so.1 "unsigned long crc32(unsigned long crc, buffer buf, unsigned len)" \\
    --arg crc=0 --arg buf=bytes:64..1M
  ffi-bench call ./libmine.so "u32 sum(buffer, u32)" --against sum.ts#sum
  ffi-bench call --file examples/sqlite.ts

A prototype is one of C, or one in the catalogue's words: void, bool, i8 to u64, f32, f64, pointer,
cstring, buffer, u32[]. docs/call.md explains arguments and task files.`;

const several = (value: string, before: string[]) => [...before, value];

/** The command. */
export function callCommand(setExit: (code: number) => void): Command {
  return new Command('call')
    .description('Measure functions of any shared library in every lane that can bind them.')
    .argument('[LIBRARY]', 'a path, or a name that the loader knows, as libz.so.1')
    .argument('[PROTOTYPE...]', 'what the functions take and give')
    .option(
      '--arg <NAME=VALUE>',
      'what is passed: bytes:4096, bytes:64..1M, len(buf), "text", 3.5, 1..1M, null; repeatable',
      several,
      [],
    )
    .option(
      '--expect <VALUE>',
      'what the function must answer, or "any" where that changes by itself; repeatable',
      several,
      [],
    )
    .option('--against <FILE#EXPORT>', 'a JavaScript function to compare with, of the same inputs')
    .option('--file <TASK FILE>', 'tasks in TypeScript, for what a prototype cannot say')
    .option('--runtime <[LABEL=]RUNTIME[@VERSION|@PATH]>', 'as for "run"; repeatable', several, [])
    .option(
      '--lane <LANE>',
      'a lane (bun.ffi) or a mechanism (ffi, koffi); repeatable',
      (value: string, before: string[]) => [...before, ...value.split(',')],
      [],
    )
    .option('--launches <N>', `launches of every case (${profiles.call.rounds})`, parseCount)
    .option('--precision <SHARE>', precisionHelp, parseShare)
    .option('--time <DURATION>', 'launch for this long at the most, as 90s or 10m', parseDuration)
    .option('--seed <N>', 'seed of the order of launches', parseCount)
    .option('--out <FILE>', `the document; without it, a new file ${defaultPlace}`)
    .option('--force', 'overwrite the document')
    .option('--beside', 'measure although another run is measuring; the document says so')
    .addHelpText('after', examples)
    .action(async (library: string | undefined, prototypes: string[], flags: Flags) =>
      setExit(await call(library, prototypes, flags))
    );
}

async function call(
  library: string | undefined,
  prototypes: readonly string[],
  flags: Flags,
): Promise<number> {
  const selection = selectionOf(flags);
  const path = claimFolder(flags.out ?? defaultOutput(new Date()));
  const interrupt = onInterrupt();
  const claims = claim(path, flags.beside === true);
  try {
    checkOutput(path, { force: flags.force === true, resume: false });
    const buildFolder = join(stateFolder, 'build');
    const work = await planCall(root, buildFolder, library, prototypes, flags);
    work.notes.forEach(say);
    const session = await prepareSession(selection, {
      checkout: root,
      version: toolVersion(),
      seed: flags.seed ?? Date.now() % 2 ** 32,
      command: repeatCommand(process.argv.slice(2)),
      abort: interrupt.signal,
    }, work);
    tellRuntimes(session);
    if (!await agree(session, interrupt)) {
      return interrupt.signal.aborted ? sayInterrupted(path) : exitCodes.caseFailed;
    }
    if (flags.force) rmSync(journalOf(path), { force: true });
    const document = await launchAll(session, selection, {
      path,
      resume: false,
      claims,
      interrupt,
    });
    if (document === null) return sayInterrupted(path);
    writeDocument(path, document, { force: true });
    const code = await finish(document, path);
    conclude(document);
    const replaced = session.files.replaced();
    replaced.forEach(say);
    return replaced.length > 0 ? exitCodes.caseFailed : code;
  } catch (error) {
    if (!interrupt.signal.aborted) throw error;
    return sayInterrupted(path);
  } finally {
    interrupt.release();
    claims.release();
  }
}

function selectionOf(flags: Flags): Selection {
  const mechanisms: readonly string[] = profiles.call.named;
  for (const lane of flags.lane) {
    const mechanism = lane.split('.').at(-1)!;
    if (mechanisms.includes(mechanism)) continue;
    throw usageError(
      `--lane ${lane}: "call" binds functions by ${mechanisms.join(', ')}; every other mechanism ` +
        "is compiled for the project's own library.",
    );
  }
  return {
    profile: 'call',
    runtimes: flags.runtime,
    lanes: flags.lane,
    tasks: [],
    sizes: [],
    libraries: [],
    checkouts: [],
    launches: flags.launches ?? null,
    precision: flags.precision ?? null,
    timeMs: flags.time ?? null,
    instructions: true,
  };
}

/** Whether the lanes give the same answers; says what keeps them from it. */
async function agree(session: Session, { signal }: Interrupt): Promise<boolean> {
  const { refusals, warnings } = compareAnswers(await askAll(root, session, signal));
  if (signal.aborted) return false;
  [...warnings, ...refusals].forEach(say);
  if (refusals.length > 0) say('Nothing was measured.');
  return refusals.length === 0;
}

/** What the table does not say: the share of the crossing, the model, and what JavaScript takes. */
function conclude(document: Document): void {
  if (emptySentence(document, ['foreign']) === null) {
    process.stdout.write(`\n${renderSections(document, ['foreign'], screen())}`);
  }
  const crashed = document.raw.launches.some(({ outcome }) => outcome === 'crashed');
  if (crashed) say(likelyCause);
}

/** A call takes seconds: there is nothing to go on with. */
function sayInterrupted(path: string): number {
  rmSync(journalOf(path), { force: true });
  say('Interrupted. Nothing is kept of a call that did not come to its end.');
  return exitCodes.interrupted;
}

function say(sentence: string): void {
  process.stderr.write(`${sentence}\n`);
}
