/** One `run` from its flags to its document: find, plan, launch, assemble. */
import { join } from 'node:path';
import { profiles } from '../catalogue/profiles.ts';
import { readTools } from '../boot/tools.mjs';
import { hostLane, hostRuntime } from '../../runtimes/host.ts';
import { assembleDocument } from '../results/assemble.ts';
import { openJournal, readJournal } from '../results/journal.ts';
import type { Document, LaunchLine, RunLine } from '../results/schema.ts';
import { schemaName } from '../results/schema.ts';
import { describeArm, libraryFile, makeArms, type RunArm } from './arms.ts';
import { type Bundle, bundleWorkers } from './bundle.ts';
import { exitCodes, RunError, usageError } from './errors.ts';
import { launchWorker } from './launch.ts';
import { describeMachine, machineState, type Probe, probeThrough } from './machine.ts';
import {
  describeCase,
  orderName,
  planBlocks,
  planCases,
  type PlannedCase,
  planHash,
} from './plan.ts';
import { preciseEnough } from './precision.ts';
import { defaultRequests, findRuntimes, parseRuntime } from './runtimes.ts';
import { account, givenUp, newProgress, type RunContext, runRound } from './run.ts';
import { laneFilter, type Selection, selectEntries } from './select.ts';
import { readSource } from './source.ts';

/** What the tool is and how it was called. */
export interface Invocation {
  readonly checkout: string;
  readonly version: string;
  readonly seed: number;
  readonly command: readonly string[];
}

/** A run that is ready to launch. */
export interface Session {
  readonly cases: readonly PlannedCase[];
  readonly names: readonly string[];
  readonly rounds: number;
  readonly passes: number;
  readonly bundles: ReadonlyMap<string, Bundle>;
  readonly probe: Probe;
  readonly line: RunLine;
}

/** What a session tells while it runs. */
export interface Listener {
  /** A launch is over; of so many. */
  onLaunch(line: LaunchLine, planned: number): void;
  /** All rounds of a case are over, in every arm. */
  onCase(name: string, arms: readonly string[], lines: readonly LaunchLine[]): void;
}

/** Finds and checks everything that a run needs; nothing is measured yet. */
export async function prepareSession(
  selection: Selection,
  invocation: Invocation,
): Promise<Session> {
  const { checkout, seed } = invocation;
  const entries = selectEntries(selection);
  const wanted = laneFilter(selection);
  const requests = selection.runtimes.length > 0
    ? selection.runtimes.map(parseRuntime)
    : defaultRequests;
  const libraries = selection.libraries.length > 0
    ? selection.libraries.map(parseLibrary)
    : [libraryFile(readTools().library, null)];
  const found = await findRuntimes(checkout, requests);
  const arms = makeArms(found, wanted, libraries);
  refuseDoubles(arms);
  const cases = planCases(entries, arms);
  if (!cases.some(({ reason }) => reason === null)) refuseEmpty(cases);
  const bundles = await bundleWorkers(checkout, join(checkout, '.ffi-bench', 'build'));
  const { inspectLibraries } = await import('./preflight.ts');
  const manifests = await inspectLibraries(checkout, bundles, arms);
  const probe = await openProbe();
  const profile = profiles[selection.profile];
  const rounds = selection.launches ?? profile.rounds;
  const passes = 1;
  const host = hostRuntime();
  const probed = probe();
  const line: RunLine = {
    kind: 'run',
    schema: schemaName,
    id: `${new Date().toISOString().replace(/[:.]/g, '-')}-${seed.toString(16)}`,
    plan: {
      hash: planHash(cases, { seed, rounds, passes, selection }),
      launches: cases.filter(({ reason }) => reason === null).length * rounds,
      passes,
      blocks: passes === 1 ? 'case' : 'suite',
      order: orderName,
    },
    provenance: {
      machine: describeMachine(probed),
      before: machineState(probed),
      host,
      tool: { version: invocation.version, ...readSource(checkout) },
      seed,
      profile: selection.profile,
      selection: describeSelection(selection),
      started_at: new Date().toISOString(),
      command: [...invocation.command],
    },
    arms: arms.map((arm) => describeArm(arm, manifests)),
    cases: cases.map((one) => describeCase(one, rounds)),
  };
  return {
    cases,
    names: entries.map(({ name }) => name),
    rounds,
    passes,
    bundles,
    probe,
    line,
  };
}

function parseLibrary(text: string) {
  const [, label, path] = /^(?:([A-Za-z0-9][A-Za-z0-9_.-]*)=)?(.+)$/s.exec(text) ?? [];
  if (path === undefined) throw usageError(`--library ${text} names no path.`);
  return libraryFile(path, label ?? 'library');
}

/** Two arms of one label could not be told apart. */
function refuseDoubles(arms: readonly RunArm[]): void {
  const seen = new Set<string>();
  for (const { label } of arms) {
    if (seen.has(label)) {
      throw usageError(
        `Two arms would both be called "${label}": give one a label of its own, as in ` +
          '--runtime again=deno.',
      );
    }
    seen.add(label);
  }
}

function refuseEmpty(cases: readonly PlannedCase[]): never {
  const why = cases[0]?.reason ?? 'the selection holds no case';
  throw new RunError(
    exitCodes.nothingToRun,
    `There is nothing to run: ${why}. "ffi-bench list" shows what runs here.`,
  );
}

/** A probe of the machine through the native library; one that knows nothing where that fails. */
export async function openProbe(): Promise<Probe> {
  const lane = await hostLane();
  try {
    return probeThrough(
      lane?.open(readTools().library, [{ symbol: 'probe', form: 'plain' }]) ?? null,
    );
  } catch {
    return probeThrough(null);
  }
}

function describeSelection(selection: Selection): RunLine['provenance']['selection'] {
  const given = Object.entries(selection).filter(([, value]) =>
    value !== null && !(Array.isArray(value) && value.length === 0)
  );
  return Object.fromEntries(
    given.map(([key, value]) => [
      key,
      Array.isArray(value) ? value.map(String) : value as string | number,
    ]),
  );
}

/** Launches everything that is not in the journal yet, and answers the document. */
export async function runSession(
  session: Session,
  selection: Selection,
  checkout: string,
  journalPath: string,
  resume: boolean,
  listener: Listener,
  abort: AbortSignal,
): Promise<Document | null> {
  const before = resume ? readJournal(journalPath) : null;
  const journal = openJournal(journalPath, { resume });
  try {
    if (before === null) journal.append(session.line);
    const lines: LaunchLine[] = [...(before?.launches ?? [])];
    const progress = newProgress();
    const byKey = new Map(session.cases.map((one) => [`${one.entry.name} ${one.arm.label}`, one]));
    for (const line of lines) {
      const planned = byKey.get(`${line.case} ${line.arm}`);
      if (planned) account(progress, planned, line);
    }
    const seed = before?.run.provenance.seed ?? session.line.provenance.seed;
    const deadline = selection.timeMs === null ? Infinity : performance.now() + selection.timeMs;
    const context: RunContext = {
      checkout,
      seed,
      bundles: session.bundles,
      probe: session.probe,
      journal,
      abort,
      launch: launchWorker,
      onLaunch(line) {
        lines.push(line);
        listener.onLaunch(line, session.line.plan.launches);
      },
    };
    for (const block of planBlocks(session.names, session.rounds, session.passes)) {
      const cases = session.cases.filter(({ entry }) => entry.name === block.name);
      const ofCase = () => lines.filter((line) => line.case === block.name);
      for (let round = block.from; round < block.to; round++) {
        if (performance.now() > deadline || abort.aborted) break;
        if (selection.precision !== null && preciseEnough(ofCase(), selection.precision)) break;
        await runRound(context, progress, cases, block.pass, round);
      }
      if (abort.aborted) return null;
      if (block.pass === session.passes - 1) {
        listener.onCase(block.name, cases.map(({ arm }) => arm.label), ofCase());
      }
    }
    for (const one of session.cases.filter((planned) => givenUp(progress, planned))) {
      journal.append({
        kind: 'note',
        at: new Date().toISOString(),
        text: `${one.entry.name} in ${one.arm.label} was given up after failing several times.`,
      });
    }
    journal.append({
      kind: 'end',
      finished_at: new Date().toISOString(),
      after: machineState(session.probe()),
    });
  } finally {
    journal.close();
  }
  return assembleDocument(readJournal(journalPath));
}

