/** `ffi-bench call`: measures functions of any shared library, as `run` measures the catalogue. */
import { Command } from 'commander';
import { rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import process from 'node:process';
import { askAll, compareAnswers } from '../call/agreement.ts';
import { sayAnswers } from '../call/answers.ts';
import { likelyCause } from '../call/causes.ts';
import { stateFolder } from '../boot/places.mjs';
import { root } from '../boot/versions.mjs';
import { families } from '../call/describe.ts';
import { interposedBy, sayInterposed } from '../call/interposed.ts';
import { type CallFlags, type CallPlan, planCall } from '../call/plan.ts';
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
  quick?: boolean;
  ask?: boolean;
}

const examples = `
Examples:
  ffi-bench call libz.so.1 crc32 adler32 --header zlib.h
  ffi-bench call libm.so.6 "double cos(double)" --arg 1=0.5
  ffi-bench call libz.so.1 "u64 crc32(u64 crc, buffer buf, u32 len)" \\
    --arg crc=0 --arg buf=bytes:64..1M
  ffi-bench call libc.so.6 "int close(int fd)" --arg fd=999 --errno
  ffi-bench call ./libmine.so "u32 sum(buffer, u32)" --against sum.ts#sum
  ffi-bench call --file examples/sqlite.ts

A function is named by a header that declares it, by its declaration as it
stands there, or in the catalogue's words: void, bool, i8 to u64, f32, f64,
pointer, cstring, buffer, u32[]. docs/call.md explains arguments and task files.`;

/** Launches of every case with `--quick`. */
const quickLaunches = 3;

const several = (value: string, before: string[]) => [...before, value];

/** The command. */
export function callCommand(setExit: (code: number) => void): Command {
  return new Command('call')
    .description('Measure functions of any shared library in every lane that can bind them.')
    .argument('[LIBRARY]', 'a path, or a name that the loader knows, as libz.so.1')
    .argument('[FUNCTION...]', 'names of functions, or their declarations')
    .option(
      '--arg <NAME=VALUE>',
      'what is passed: bytes:4096, bytes:64..1M, zeros:64, file:PATH, [1,2,3], len(buf), "text", ' +
        "'A', 3.5, 1..1M, (a, b) => 0, null; repeatable",
      several,
      [],
    )
    .option(
      '--expect <VALUE>',
      'what the function must answer, or "any" where that changes by itself; repeatable',
      several,
      [],
    )
    .option(
      '--header <HEADER>',
      'where functions, types and constants are declared, as zlib.h or a path; repeatable',
      several,
      [],
    )
    .option('--against <FILE#EXPORT>', 'a JavaScript function to compare with, of the same inputs')
    .option('--errno', 'read errno after a call that fails: a negative result, or a null address')
    .option('--file <TASK FILE>', 'tasks in TypeScript, for what a prototype cannot say')
    .option('--runtime <[LABEL=]RUNTIME[@VERSION|@PATH]>', 'as for "run"; repeatable', several, [])
    .option(
      '--lane <LANE>',
      'a lane (bun.ffi) or a mechanism (ffi, koffi); repeatable',
      (value: string, before: string[]) => [...before, ...value.split(',')],
      [],
    )
    .option('--ask', 'say what the functions return in each lane, and measure nothing')
    .option('--quick', `${quickLaunches} launches in the runtimes' own interfaces, no controls`)
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
    sayForeignCode(session);
    const asked = await agree(session, work, interrupt);
    if (asked === null) {
      return interrupt.signal.aborted ? sayInterrupted(path) : exitCodes.caseFailed;
    }
    if (flags.ask) return exitCodes.good;
    if (flags.force) rmSync(journalOf(path), { force: true });
    const document = await launchAll(asked, selection, {
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
    lanes: lanesOf(flags),
    tasks: [],
    sizes: [],
    libraries: [],
    checkouts: [],
    launches: flags.launches ?? (flags.quick ? quickLaunches : null),
    precision: flags.precision ?? null,
    timeMs: flags.time ?? null,
    instructions: true,
  };
}

/** The lanes that were named; JavaScript to compare with keeps its own beside them. */
function lanesOf({ lane, against, quick }: Flags): string[] {
  const named = lane.length === 0 && quick ? ['ffi'] : lane;
  if (against === undefined || named.length === 0) return named;
  const plain = named.map((one) => one.includes('.') ? one.replace(/\..*$/, '.plain') : 'plain');
  return [...new Set([...named, ...plain])];
}

/**
 * The session with the answers of its lanes in it; null where something keeps them from being
 * compared, which is said.
 */
async function agree(
  session: Session,
  { calls }: CallPlan,
  { signal }: Interrupt,
): Promise<Session | null> {
  const all = await askAll(root, session, signal);
  const { refusals, warnings } = compareAnswers(all);
  if (signal.aborted) return null;
  const said = sayAnswers(all, calls);
  [...warnings, ...refusals].forEach(say);
  said.answers.forEach((sentence) => process.stdout.write(`${sentence}\n`));
  said.warnings.forEach(say);
  if (refusals.length > 0) {
    say('Nothing was measured.');
    return null;
  }
  return withAnswers(session, { answers: said.answers, told: said.warnings });
}

/** The session whose document says what the functions answered. */
function withAnswers(session: Session, said: Readonly<Record<string, readonly string[]>>): Session {
  const { line } = session;
  const own = Object.entries(said).filter(([, sentences]) => sentences.length > 0)
    .map(([key, sentences]) => [key, [...sentences]]);
  const selection = { ...line.provenance.selection, ...Object.fromEntries(own) };
  return { ...session, line: { ...line, provenance: { ...line.provenance, selection } } };
}

/** What the table does not say: the share of the crossing, the model, and what JavaScript takes. */
function conclude(document: Document): void {
  if (emptySentence(document, ['foreign']) === null) {
    process.stdout.write(`\n${renderSections(document, ['foreign'], screen())}`);
  }
  const crashed = document.raw.launches.some(({ outcome }) => outcome === 'crashed');
  if (crashed) say(likelyCause);
}

/** Says where a runtime's program has copies of what a library calls inside itself. */
function sayForeignCode({ cases }: Session): void {
  if (process.platform !== 'linux') return;
  const pairs = new Map(cases.flatMap(({ entry, arm, reason }) => {
    const { runtime, row } = arm;
    const library = entry.task.foreign?.description?.library;
    const isOwn = !entry.task.id.startsWith(`${families.own}.`);
    if (library === undefined || isOwn || reason !== null || row.mechanism === 'plain') return [];
    if (runtime.state !== 'ready') return [];
    return [[`${library}\n${runtime.path}`, { library, runtime, row }] as const];
  }));
  for (const { library, runtime, row } of pairs.values()) {
    const names = interposedBy(library, runtime.path!);
    if (names.length === 0) continue;
    const isBoundLocally = row.runtime === 'node';
    say(sayInterposed(runtime.label, basename(library), names, isBoundLocally));
  }
}

/** A call takes seconds: there is nothing to go on with. */
function sayInterrupted(path: string): number {
  rmSync(journalOf(path), { force: true });
  say('Interrupted. Nothing is kept of a call that was not finished.');
  return exitCodes.interrupted;
}

function say(sentence: string): void {
  process.stderr.write(`${sentence}\n`);
}
