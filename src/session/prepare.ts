/** One `run` from its flags to its document: find, plan, launch, assemble. */
import { existsSync, realpathSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { instrumentArtifact } from '../../runtimes/host/instrument.ts';
import type { HostName } from '../../runtimes/registry.ts';
import type { CatalogueEntry } from '../catalogue/catalogue.ts';
import { type Profile, profiles } from '../catalogue/profiles.ts';
import { artifactPath, libraryPath } from '../boot/library.mjs';
import { isPackage, stateFolder } from '../boot/places.mjs';
import { readTools } from '../boot/tools.mjs';
import { root } from '../boot/versions.mjs';
import { hostRuntime } from '../../runtimes/host/tool_lane.ts';
import { type RunLine, schemaName } from '../results/schema.ts';
import type { LibraryFile, RunArm } from '../planning/arm.ts';
import { describeArm, libraryFile, makeArms } from './arms.ts';
import { bundleWorkers, type Workers } from '../launching/bundle.ts';
import { type FileWatch, watchFiles } from './files.ts';
import { exitCodes, RunError, usageError } from '../usage/errors.ts';
import type { Counters } from '../machine/counters.ts';
import { openCounters, openProbe, openScale } from '../machine/tool_library.ts';
import { describeMachine, machineState, type Probe, type Probed } from '../machine/machine.ts';
import {
  describeCase,
  orderName,
  planCases,
  planHash,
  type PlannedCase,
} from '../planning/plan.ts';
import { workerOf } from '../launching/command.ts';
import { budgets } from '../planning/settings.ts';
import { buildGenerated } from '../machine/generators.ts';
import { equipPythons } from '../machine/python.ts';
import {
  defaultRequests,
  findRuntimes,
  parseRuntime,
  presentRuntimes,
} from '../machine/runtimes.ts';
import { absentPackages, packageFolder } from '../machine/packages_beside.ts';
import { inspectingWorker, inspectLibraries } from './preflight.ts';
import {
  checkLanes,
  isWanted,
  roundsFor,
  selectEntries,
  type Selection,
  wantsPython,
} from '../planning/select.ts';
import { readSource } from './source.ts';

/** What the tool is and how it was called. */
export interface Invocation {
  readonly checkout: string;
  readonly version: string;
  readonly seed: number;
  readonly command: readonly string[];
  /** Breaks the preparation off. */
  readonly abort?: AbortSignal;
}

/** A run that is ready to launch. */
export interface Session {
  readonly cases: readonly PlannedCase[];
  readonly passes: number;
  /** Launches that count the instructions of each case. */
  readonly steppings: number;
  /** As in `RunContext`. */
  readonly instrumentOf: (planned: PlannedCase) => string;
  readonly workers: Workers;
  readonly probe: Probe;
  /** The processor that an emulator runs all this on; null on a real one. */
  readonly emulatedOn: string | null;
  readonly counters: Counters | null;
  readonly files: FileWatch;
  readonly line: RunLine;
}

/** What is measured in place of the catalogue's tasks: functions of other libraries. */
export interface ForeignWork {
  readonly entries: readonly CatalogueEntry[];
  /** The path of the user's module that is bundled into the workers; null without one. */
  readonly module: string | null;
  /** Folder of the bundles: one of its own where a module is bundled in. */
  readonly buildFolder: string;
  /** Files that may not change while the run goes on. */
  readonly files: readonly string[];
  /** What the document's selection says of all this. */
  readonly described: RunLine['provenance']['selection'];
}

/** Finds and checks everything that a run needs; nothing is measured yet. */
export async function prepareSession(
  selection: Selection,
  invocation: Invocation,
  foreign: ForeignWork | null = null,
): Promise<Session> {
  const { checkout, abort } = invocation;
  checkLanes(selection);
  const entries = foreign?.entries ?? selectEntries(selection);
  const arms = await findArms(selection, checkout, abort);
  const cases = planCases(
    entries,
    arms,
    (entry, arm) =>
      foreign !== null && isLeftOut(entry, arm, selection)
        ? 0
        : roundsFor(selection, entry, arm.row, isTwin(arm)),
  );
  if (!cases.some(({ reason }) => reason === null)) refuseEmpty(cases);
  const used = arms.filter((arm) => cases.some((one) => one.arm === arm));
  const workers = await bundleWorkers(
    checkout,
    foreign?.buildFolder ?? join(stateFolder, 'build'),
    [
      ...used.flatMap(inspectingWorker),
      ...cases.filter(({ reason }) => reason === null).flatMap(workerOf),
    ],
    foreign?.module ?? null,
  );
  const manifests = await inspectLibraries(checkout, workers, used, abort);
  const files = watchFiles(
    [...filesOf(used, workers), ...foreign?.files ?? []],
    join(stateFolder, 'hashes.json'),
  );
  const probe = await openProbe();
  const { counters, reason: noCounters } = await openCounters();
  const scale = await openScale();
  const { passes, steppings }: Profile = profiles[selection.profile];
  return {
    cases,
    passes,
    steppings: selection.instructions ? steppings : 0,
    instrumentOf: ({ arm }) => instrumentPath(arm.row.runtime),
    workers,
    probe,
    emulatedOn: probe().emulated_on,
    counters,
    files,
    line: {
      kind: 'run',
      schema: schemaName,
      id: `${new Date().toISOString().replace(/[:.]/g, '-')}-${invocation.seed.toString(16)}`,
      plan: summarizePlan(cases, passes, { selection, files: files.hashes }, invocation),
      provenance: describeStart(
        { ...describeSelection(selection), ...foreign?.described },
        selection.profile,
        invocation,
        describeMachine(probe(), noCounters, scale),
        probe(),
      ),
      arms: used.map((arm) => describeArm(arm, manifests, files.hashes)),
      cases: cases.map(describeCase),
    },
  };
}

/** Path of the build that a runtime's instrument opens; empty where the platform has none. */
function instrumentPath(runtime: HostName): string {
  const artifact = instrumentArtifact(runtime);
  const path = artifact === 'library' ? readTools().library : artifactPath(root, artifact);
  return existsSync(path) ? path : '';
}

/** What a second label of a runtime ends in. */
const twinEnding = '-again';

/**
 * Whether a lane has no part in a task of `call`: plain JavaScript where none was given, and
 * koffi, a control, in all but the functions themselves, unless lanes were named.
 */
function isLeftOut(
  { task }: CatalogueEntry,
  { row }: RunArm,
  { lanes }: Selection,
): boolean {
  if (row.mechanism === 'plain') return typeof task.plain !== 'function';
  const isControl = row.mechanism !== 'ffi' && lanes.length === 0;
  return isControl && !task.id.startsWith('foreign.');
}

function isTwin({ runtime }: RunArm): boolean {
  return runtime.label.endsWith(twinEnding);
}

/** Every arm that the flags or the profile ask for. */
async function findArms(
  selection: Selection,
  checkout: string,
  abort: AbortSignal | undefined,
): Promise<RunArm[]> {
  const { twins }: Profile = profiles[selection.profile];
  const named = selection.runtimes.map(parseRuntime);
  const requests = named.length > 0 ? named : defaultRequests(wantsPython(selection));
  const others = [
    ...selection.libraries.map(parseLibrary),
    ...selection.checkouts.map(parseCheckout),
  ];
  const libraries = others.length > 0 ? others : [libraryFile(readTools().library, null)];
  const all = await findRuntimes(checkout, requests, abort);
  const found = await equipPythons(
    checkout,
    isPackage && named.length === 0 ? presentRuntimes(all) : all,
    (row) => isWanted(selection, row),
  );
  const again = found.map((one) => ({ ...one, label: `${one.label}${twinEnding}` }));
  const arms = makeArms(
    twins && selection.runtimes.length === 0 ? [...found, ...again] : found,
    libraries,
    await buildGenerated(new Set(selection.lanes.map((lane) => lane.split('.').at(-1)!))),
  );
  refuseDoubles(arms);
  return isPackage && selection.lanes.length === 0 ? arms.filter(hasItsPackage) : arms;
}

/** Whether what a lane loads from npm is installed; a lane that was not asked for is no loss. */
function hasItsPackage({ row }: RunArm): boolean {
  return row.package === undefined || packageFolder(row.package) !== null;
}

function summarizePlan(
  cases: readonly PlannedCase[],
  passes: number,
  settings: Readonly<Record<string, unknown>>,
  { seed }: Invocation,
): RunLine['plan'] {
  const able = cases.filter(({ reason }) => reason === null);
  return {
    hash: planHash(cases, { seed, passes, budgets, ...settings }),
    launches: able.reduce((sum, { rounds }) => sum + rounds, 0),
    passes,
    blocks: passes === 1 ? 'case' : 'suite',
    order: orderName,
  };
}

function describeStart(
  selection: RunLine['provenance']['selection'],
  profile: RunLine['provenance']['profile'],
  { checkout, version, seed, command }: Invocation,
  machine: RunLine['provenance']['machine'],
  probed: Probed,
): RunLine['provenance'] {
  return {
    machine,
    before: machineState(probed),
    host: hostRuntime(),
    tool: { version, ...readSource(checkout) },
    seed,
    profile,
    selection,
    started_at: new Date().toISOString(),
    command: [...command],
  };
}

/** What may not change while the run goes on. */
function filesOf(arms: readonly RunArm[], workers: Workers): string[] {
  const ready = arms.filter(({ runtime }) => runtime.state === 'ready');
  return [
    ...ready.flatMap(({ runtime, library }) => [
      runtime.path,
      ...runtime.python?.files ?? [],
      ...(library === null ? [] : [library.path]),
    ]),
    ...workers.values(),
  ];
}

function parseLibrary(text: string) {
  const [, label, path] = /^(?:([A-Za-z0-9][A-Za-z0-9_.-]*)=)?(.+)$/s.exec(text) ?? [];
  if (path === undefined) throw usageError(`--library ${text} names no path.`);
  return libraryFile(path, label ?? 'library');
}

/** The library of another checkout, which its own workers open. */
function parseCheckout(text: string): LibraryFile {
  const [, label, given] = /^([A-Za-z0-9][A-Za-z0-9_.-]*)=(.+)$/s.exec(text) ?? [];
  if (label === undefined || isPackage) {
    throw usageError(
      isPackage
        ? '--checkout compares two checkouts: start it in one of them.'
        : `--checkout ${text} is not of the form LABEL=PATH, as in base=../base.`,
    );
  }
  const path = resolve(given!);
  const library = libraryPath(path);
  if (!existsSync(library)) {
    throw usageError(
      `The checkout ${path} has no library. Run "npm run ffi-bench -- list" there: it builds it.`,
    );
  }
  return { ...libraryFile(library, label), checkout: realpathSync(path) };
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
  const why = (cases[0]?.reason ?? 'the selection holds no case').replace(/\.$/, '');
  throw new RunError(
    exitCodes.nothingToRun,
    `There is nothing to run: ${[why, ...absentPackages()].join('; ')}. "ffi-bench list" shows ` +
      'what runs here.',
  );
}

function describeSelection(selection: Selection): RunLine['provenance']['selection'] {
  const given = Object.entries(selection).filter(([, value]) =>
    value !== null && value !== true && !(Array.isArray(value) && value.length === 0)
  );
  return Object.fromEntries(
    given.map(([key, value]) => [
      key,
      Array.isArray(value) ? value.map(String) : value as string | number,
    ]),
  );
}
