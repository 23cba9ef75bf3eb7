/** `ffi-bench run`: measures, prints rows as they come in, writes the document and its page. */
import { Command } from 'commander';
import { existsSync, rmSync } from 'node:fs';
import process from 'node:process';
import { root } from '../boot/versions.mjs';
import { readJournalHead } from '../results/journal.ts';
import { openDocument } from '../analysis/open.ts';
import { writeDocument } from '../results/document.ts';
import type { Document, RunLine } from '../results/schema.ts';
import { WriteError } from '../results/write_error.ts';
import { renderSections } from '../report/sections.ts';
import { rowLine } from '../report/row_line.ts';
import { exitCodes, RunError, usageError } from '../usage/errors.ts';
import type { Selection } from '../planning/select.ts';
import { execute, type Listener } from '../session/run.ts';
import { prepareSession, type Session } from '../session/prepare.ts';
import { addSelection, readSelection, type SelectionFlags } from './flags.ts';
import { claim, type Claims } from './claims.ts';
import {
  checkOutput,
  claimFolder,
  defaultOutput,
  defaultPlace,
  isOfJournal,
  journalOf,
  lastUnfinished,
  pageOf,
} from './paths.ts';
import { writePage } from './page.ts';
import { progressLine } from './progress.ts';
import { type Interrupt, onInterrupt } from './interrupt.ts';
import { repeatCommand } from './repeat_command.ts';
import { resumeCommand } from './resume_command.ts';
import { screen } from './screen.ts';
import { shownSections } from './shown_sections.ts';
import { tellRuntimes } from './tell_runtimes.ts';
import { toolVersion } from './version.ts';

interface RunFlags extends SelectionFlags {
  out?: string;
  force?: boolean;
  beside?: boolean;
  resume?: boolean;
  table?: boolean;
}

/** The command. */
export function runCommand(setExit: (code: number) => void): Command {
  const command = new Command('run').alias('bench')
    .description('Measure the selected tasks in every lane and write the result document.');
  return addSelection(command)
    .option('--out <FILE>', `the document; without it, a new file ${defaultPlace}`)
    .option('--table', 'end on the comparison table too; --task does so by itself')
    .option('--force', 'overwrite the document')
    .option('--beside', 'measure although another run is measuring; the document says so')
    .option('--resume', 'go on with a run that was interrupted; without --out, the last one')
    .action(async (flags: RunFlags) => setExit(await run(flags)));
}

async function run(flags: RunFlags): Promise<number> {
  const resume = flags.resume === true;
  const wanted = flags.out ??
    (resume ? lastUnfinished() : defaultOutput(new Date()));
  const path = claimFolder(wanted);
  const interrupt = onInterrupt();
  const claims = claim(path, flags.beside === true);
  try {
    checkOutput(path, { force: flags.force === true, resume });
    if (resume && isOfJournal(path, journalOf(path))) {
      return await finish(openDocument(path), path, flags.table);
    }
    const selection = resume ? selectionOf(journalOf(path)) : readSelection(flags);
    return await measure({ flags, selection, path, resume, claims, interrupt });
  } catch (error) {
    if (!interrupt.signal.aborted) throw error;
    // What the interrupt broke off may have failed in any way.
    return sayInterrupted(path);
  } finally {
    interrupt.release();
    claims.release();
  }
}

/** A run that is about to measure. */
export interface Measuring {
  readonly flags: RunFlags;
  readonly selection: Selection;
  readonly path: string;
  readonly resume: boolean;
  readonly claims: Claims;
  readonly interrupt: Interrupt;
}

async function measure({ flags, selection, path, resume, claims, interrupt }: Measuring) {
  const journal = journalOf(path);
  const seed = resume ? headOf(journal).provenance.seed : flags.seed ?? Date.now() % 2 ** 32;
  const prepared = await prepareSession(selection, {
    checkout: root,
    version: toolVersion(),
    seed,
    command: repeatCommand(process.argv.slice(2)),
    abort: interrupt.signal,
  });
  if (interrupt.signal.aborted) return sayInterrupted(path);
  // Counts that a resumed run leaves out change nothing of the plan that its journal goes on under.
  const session = flags.instructions === false ? { ...prepared, steppings: 0 } : prepared;
  tellRuntimes(session);
  if (resume) refuseOtherPlan(session, journal);
  if (!resume && flags.force) rmSync(journal, { force: true });
  const document = await launchAll(session, selection, { path, resume, claims, interrupt });
  if (document === null) return sayInterrupted(path);
  explainingResumption(path, () => writeDocument(path, document, { force: true }));
  const code = await finish(document, path, flags.table);
  const replaced = session.files.replaced();
  for (const sentence of replaced) process.stderr.write(`${sentence}\n`);
  return replaced.length > 0 ? exitCodes.caseFailed : code;
}

/** Shows a written document, removes its journal and writes its page. */
export async function finish(
  document: Document,
  path: string,
  withTable = false,
): Promise<number> {
  rmSync(journalOf(path), { force: true });
  const names = shownSections(document, { table: withTable });
  process.stdout.write(`\n${renderSections(document, names, screen())}\n`);
  process.stderr.write(
    `Every figure: ffi-bench report ${path} --table\nThe document: ${path}\n`,
  );
  await writePage(pageOf(path), document, path);
  process.stderr.write(`The page:     ${pageOf(path)}\n`);
  return document.cases.some(({ status }) => status === 'failed')
    ? exitCodes.caseFailed
    : exitCodes.good;
}

/** Runs the session under an interrupt that ends it well; null where it was interrupted. */
export async function launchAll(
  session: Session,
  selection: Selection,
  { path, resume, claims, interrupt }: Omit<Measuring, 'flags' | 'selection'>,
): Promise<Document | null> {
  const progress = progressLine();
  let done = 0;
  const listener: Listener = {
    onLaunch(line, planned) {
      done++;
      progress.update(done, Math.max(planned, done), `${line.case} ${line.arm}`);
    },
    onCounted({ entry, arm }, cases, total) {
      progress.update(cases, total, `${entry.name} ${arm.label}`, 'cases counted');
    },
    onRow(row) {
      progress.clear();
      const { clock_step_ns: clockStepNs } = session.line.provenance.machine;
      process.stdout.write(`${rowLine(row, clockStepNs)}\n`);
    },
  };
  try {
    return await execute(session, {
      checkout: root,
      journalPath: journalOf(path),
      resume,
      notes: claims.note === null ? [] : [claims.note],
      extent: selection,
      listener,
      abort: interrupt.signal,
    });
  } catch (error) {
    throw resumable(path, error);
  } finally {
    progress.stop();
  }
}

/** Says what is kept and how to go on; returns the exit code of an interrupted run. */
function sayInterrupted(path: string): number {
  const journal = journalOf(path);
  process.stderr.write(
    existsSync(journal)
      ? `\nInterrupted. Every finished launch is kept in ${journal}.\n` +
        `Go on with: ${resumeCommand(path)}\n`
      : '\nInterrupted before the first launch: there is nothing to keep.\n',
  );
  return exitCodes.interrupted;
}

function explainingResumption(path: string, act: () => void): void {
  try {
    act();
  } catch (error) {
    throw resumable(path, error);
  }
}

/** A file that could not be written, with what is kept all the same. */
function resumable(path: string, error: unknown): unknown {
  if (!(error instanceof WriteError) || !existsSync(journalOf(path))) return error;
  return new RunError(
    exitCodes.caseFailed,
    `${error.message} Every finished launch is kept in ${journalOf(path)}. Fix that, then ` +
      `go on with: ${resumeCommand(path)}`,
  );
}

/** The selection of the run that a journal began. */
function selectionOf(journal: string): Selection {
  const { profile, selection } = headOf(journal).provenance;
  const list = (name: string) => (selection[name] as string[] | undefined) ?? [];
  const number = (name: string) => (selection[name] as number | undefined) ?? null;
  return {
    profile: profile as Selection['profile'],
    runtimes: list('runtimes'),
    lanes: list('lanes'),
    tasks: list('tasks'),
    sizes: list('sizes').map(Number),
    libraries: list('libraries'),
    checkouts: list('checkouts'),
    launches: number('launches'),
    precision: number('precision'),
    timeMs: number('timeMs'),
    instructions: selection['instructions'] !== false,
  };
}

/** The first line of a journal that was found to be begun. */
function headOf(journal: string): RunLine {
  const head = readJournalHead(journal);
  if (head === null) throw usageError(`${journal} holds no run.`);
  return head;
}

/** Launches of two plans must not meet in one document. */
function refuseOtherPlan(session: Session, journal: string): void {
  if (headOf(journal).plan.hash === session.line.plan.hash) return;
  throw new RunError(
    exitCodes.usage,
    `${journal} was begun with other runtimes, another library or another catalogue than are ` +
      'here now; its launches and new ones could not be compared. Start anew with --force.',
  );
}
