/**
 * Why a row is as fast or as slow as it is: launches of their own, never timed into a result, show
 * which path a runtime took where it can show that.
 */
import { type EvidenceSource, hosts } from '../../runtimes/registry.ts';
import { exportedName } from '../catalogue/signatures.ts';
import type { Evidence } from '../results/schema.ts';
import type { LaunchResult } from '../launching/launch.ts';
import type { PlannedCase } from '../planning/plan.ts';

/** Starts a launch of a case in a mode, with more variables in its environment. */
export type EvidenceLaunch = (
  planned: PlannedCase,
  mode: 'trace' | 'measure',
  env: Readonly<Record<string, string>>,
) => Promise<LaunchResult>;

/** A case counts as slower without the fast path from this factor on. */
const slowerBy = 1.15;

/** The way to evidence for a case; null where its lane has none. */
export function evidenceSource({ arm, entry }: PlannedCase): EvidenceSource | null {
  if (arm.row.mechanism !== 'ffi' || entry.task.timing !== 'batched') return null;
  return hosts[arm.row.runtime].evidence ?? null;
}

/**
 * Finds out which path a case takes; `costNs` is what was measured. Null where nothing shows it.
 */
export async function findEvidence(
  planned: PlannedCase,
  costNs: number,
  launch: EvidenceLaunch,
): Promise<Evidence | null> {
  const source = evidenceSource(planned);
  if (source === null) return null;
  return source.kind === 'trace'
    ? await traced(planned, source, launch)
    : await ablated(planned, source, costNs, launch);
}

async function traced(
  planned: PlannedCase,
  source: EvidenceSource & { kind: 'trace' },
  launch: EvidenceLaunch,
): Promise<Evidence | null> {
  const result = await launch(planned, 'trace', source.env);
  const said = result.messages.find((message) => message.type === 'traced');
  if (result.outcome !== 'done' || said?.type !== 'traced') return null;
  const symbols = planned.entry.task.binds(planned.entry.params)
    .map(({ symbol }) => exportedName(symbol));
  return said.fast_target !== null && symbols.includes(said.fast_target)
    ? { path: 'fast', detail: source.fast.replace('{symbol}', said.fast_target) }
    : { path: 'slow', detail: source.slow };
}

async function ablated(
  planned: PlannedCase,
  source: EvidenceSource & { kind: 'ablation' },
  costNs: number,
  launch: EvidenceLaunch,
): Promise<Evidence | null> {
  const { outcome, measured } = await launch(planned, 'measure', source.env);
  if (outcome !== 'done' || measured === null) return null;
  const sorted = [...measured.batches_ns].sort((a, b) => a - b);
  const without = sorted[Math.floor(sorted.length / 10)]! / measured.calls_per_batch;
  const factor = without / costNs;
  const figures = `without it the call takes ${factor.toFixed(1)} times as long`;
  return factor >= slowerBy
    ? { path: 'fast', detail: `${source.path}: ${figures}.` }
    : { path: 'unknown', detail: `${source.path} makes no difference here: ${figures}.` };
}
