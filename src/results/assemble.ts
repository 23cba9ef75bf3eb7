/**
 * Makes the raw part of a result document of the lines of a journal.
 */
import { isSetAside, keyOf } from './keys.ts';
import {
  type Case,
  type CaseLine,
  type EndLine,
  type Launch,
  type NoteLine,
  type RawDocument,
  type RunLine,
  schemaName,
} from './schema.ts';

/** What a journal holds, by kind of line, each in the order written. */
export interface JournalContent {
  readonly run: RunLine;
  readonly launches: readonly Launch[];
  readonly cases: readonly CaseLine[];
  readonly notes: readonly NoteLine[];
  /** Null where the run did not come to its end. */
  readonly end: EndLine | null;
  /** The last line was torn by a kill and has been dropped. */
  readonly torn: boolean;
}

/** The raw part of the document of a journal, complete or not. */
export function assembleRaw(journal: JournalContent): RawDocument {
  const { run, end } = journal;
  const launches = [...journal.launches];
  const notes = journal.notes.map(({ at, text }) => ({ at, text }));
  if (journal.torn) {
    const at = journal.launches.at(-1)?.started_at ?? run.provenance.started_at;
    notes.push({ at, text: 'The last line of the journal was torn and has been dropped.' });
  }
  return {
    schema: schemaName,
    id: run.id,
    method: 'free_median',
    provenance: {
      ...run.provenance,
      after: end?.after ?? null,
      finished_at: end?.finished_at ?? null,
    },
    plan: run.plan,
    arms: run.arms,
    cases: settledCases(run.cases, launches, journal.cases),
    raw: { launches, notes },
  };
}

/** The case table with what the launches and later lines told of each case. */
export function settledCases(
  planned: readonly Case[],
  launches: readonly Launch[],
  lines: readonly CaseLine[] = [],
): Case[] {
  const launchesOf = Map.groupBy(launches, keyOf);
  const linesOf = Map.groupBy(lines, keyOf);
  return planned.map((item) => {
    const settled = { ...item, ...statusOf(item, launchesOf.get(keyOf(item)) ?? []) };
    for (const { folded, evidence, instructions } of linesOf.get(keyOf(item)) ?? []) {
      if (folded !== undefined) settled.folded = folded;
      if (evidence !== undefined) settled.evidence = evidence;
      if (instructions !== undefined) settled.instructions = instructions;
    }
    return settled;
  });
}

const noneCounts =
  'None of its launches counts: during each the clock stepped, the machine slept ' +
  'or the binary was replaced.';

function statusOf(planned: Case, launches: readonly Launch[]): Pick<Case, 'status' | 'reason'> {
  const last = launches.at(-1);
  if (!last) return { status: planned.status, reason: planned.reason };
  const done = launches.filter(({ outcome }) => outcome === 'done');
  if (done.some((launch) => !isSetAside(launch))) return { status: 'measured', reason: null };
  if (done.length > 0) return { status: 'failed', reason: noneCounts };
  const unsupported = launches.find(({ outcome }) => outcome === 'unsupported');
  if (unsupported) return { status: 'unsupported', reason: unsupported.reason };
  return { status: 'failed', reason: last.reason ?? last.outcome.replaceAll('_', ' ') };
}
