/** `ffi-bench run`: measures, prints rows as they come in, and writes the document. */
import { Command } from 'commander';
import { existsSync, rmSync } from 'node:fs';
import process from 'node:process';
import { root } from '../boot/versions.mjs';
import { readJournal } from '../results/journal.ts';
import { writeDocument } from '../results/document.ts';
import type { Document } from '../results/schema.ts';
import { renderTable } from '../report/table.ts';
import { rowLine } from '../report/row_line.ts';
import { exitCodes, RunError } from '../runner/errors.ts';
import type { Selection } from '../runner/select.ts';
import { execute, type Listener } from '../runner/execute.ts';
import { prepareSession, type Session } from '../runner/session.ts';
import { addSelection, readSelection, type SelectionFlags } from './flags.ts';
import { claimOutput, defaultOutput, journalOf, lastUnfinished } from './paths.ts';
import { progressLine } from './progress.ts';
import { onInterrupt } from './interrupt.ts';
import { screen } from './screen.ts';
import { toolVersion } from './version.ts';

interface RunFlags extends SelectionFlags {
  out?: string;
  force?: boolean;
  resume?: boolean;
}

/** The command. */
export function runCommand(setExit: (code: number) => void): Command {
  const command = new Command('run').alias('bench')
    .description('Measure the selected tasks in every lane and write the result document.');
  return addSelection(command)
    .option('--out <FILE>', 'the document; without it, a new file under .ffi-bench/runs')
    .option('--force', 'overwrite the document')
    .option('--resume', 'go on with a run that was interrupted; without --out, the last one')
    .action(async (flags: RunFlags) => setExit(await run(flags)));
}

async function run(flags: RunFlags): Promise<number> {
  const now = new Date();
  const resume = flags.resume === true;
  const wanted = flags.out ?? (resume ? lastUnfinished(root) : defaultOutput(root, now));
  const path = claimOutput(wanted, { force: flags.force === true, resume });
  const selection = resume ? selectionOf(journalOf(path)) : readSelection(flags);
  const seed = resume ? seedOf(journalOf(path)) : flags.seed ?? now.getTime() % 2 ** 32;
  const session = await prepareSession(selection, {
    checkout: root,
    version: toolVersion(),
    seed,
    command: ['ffi-bench', ...process.argv.slice(2)],
  });
  if (resume) refuseOtherPlan(session, journalOf(path));
  if (!resume && flags.force) rmSync(journalOf(path), { force: true });
  const document = await launchAll(session, selection, path, resume);
  if (document === null) return exitCodes.interrupted;
  writeDocument(path, document, { force: true });
  if (existsSync(journalOf(path))) rmSync(journalOf(path));
  process.stdout.write(`\n${renderTable(document, screen())}\n`);
  process.stderr.write(`\nThe document: ${path}\n`);
  return document.cases.some(({ status }) => status === 'failed')
    ? exitCodes.caseFailed
    : exitCodes.good;
}

/** Runs the session under an interrupt that ends it well; null where it was interrupted. */
async function launchAll(session: Session, selection: Selection, path: string, resume: boolean) {
  const progress = progressLine();
  let done = 0;
  const listener: Listener = {
    onLaunch(line, planned) {
      done++;
      progress.update(done, Math.max(planned, done), `${line.case} ${line.arm}`);
    },
    onRow(row) {
      progress.clear();
      const { clock_step_ns: clockStepNs } = session.line.provenance.machine;
      process.stdout.write(`${rowLine(row, clockStepNs)}\n`);
    },
  };
  const interrupt = onInterrupt();
  try {
    const document: Document | null = await execute(session, {
      checkout: root,
      journalPath: journalOf(path),
      resume,
      extent: selection,
      listener,
      abort: interrupt.signal,
    });
    progress.stop();
    if (document === null) {
      process.stderr.write(
        `\nInterrupted. Every finished launch is kept in ${journalOf(path)}.\n` +
          `Go on with: ffi-bench run --resume --out ${path}\n`,
      );
    }
    return document;
  } finally {
    progress.stop();
    interrupt.release();
  }
}

/** The selection of the run that a journal began. */
function selectionOf(journal: string): Selection {
  const { profile, selection } = readJournal(journal).run.provenance;
  const list = (name: string) => (selection[name] as string[] | undefined) ?? [];
  const number = (name: string) => (selection[name] as number | undefined) ?? null;
  return {
    profile: profile as Selection['profile'],
    runtimes: list('runtimes'),
    lanes: list('lanes'),
    tasks: list('tasks'),
    sizes: list('sizes').map(Number),
    libraries: list('libraries'),
    launches: number('launches'),
    precision: number('precision'),
    timeMs: number('timeMs'),
  };
}

function seedOf(journal: string): number {
  return readJournal(journal).run.provenance.seed;
}

/** Launches of two plans must not meet in one document. */
function refuseOtherPlan(session: Session, journal: string): void {
  const { plan } = readJournal(journal).run;
  if (plan.hash === session.line.plan.hash) return;
  throw new RunError(
    exitCodes.usage,
    `${journal} was begun with other runtimes, another library or another catalogue than are here ` +
      'now; its launches and new ones could not be compared. Start anew with --force.',
  );
}
