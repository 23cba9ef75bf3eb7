/** One `run` from its flags to its document: find, plan, launch, assemble. */
import { join } from 'node:path';
import { profiles } from '../catalogue/profiles.ts';
import { readTools } from '../boot/tools.mjs';
import { hostLane, hostRuntime } from '../../runtimes/host.ts';
import { type RunLine, schemaName } from '../results/schema.ts';
import { describeArm, libraryFile, makeArms, type RunArm } from './arms.ts';
import { type Bundle, bundleWorkers } from './bundle.ts';
import { exitCodes, RunError, usageError } from './errors.ts';
import { describeMachine, machineState, type Probe, probeThrough } from './machine.ts';
import { describeCase, orderName, planCases, planHash, type PlannedCase } from './plan.ts';
import { defaultRequests, findRuntimes, parseRuntime } from './runtimes.ts';
import { inspectLibraries } from './preflight.ts';
import { laneFilter, selectEntries, type Selection } from './select.ts';
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
