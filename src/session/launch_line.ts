/** What became of a launch, as the line of the journal that keeps it. */
import type { LaunchResult } from '../launching/launch.ts';
import { summarize } from '../launching/summarize.ts';
import type { Stretch } from '../machine/clocks.ts';
import type { Probed } from '../machine/machine.ts';
import type { RunContext } from './context.ts';
import type { Timing } from '../catalogue/task.ts';
import { measureNs } from '../planning/settings.ts';
import { launchFaults, schemaFaults } from '../results/check.ts';
import { LaunchLine } from '../results/schema.ts';
import { rounded } from '../stats/rounded.ts';
import { shownText } from './shown_paths.ts';

/** A reason is a sentence or two, not a log. */
const mostReasonChars = 2000;

/** Share of a launch's time that the hypervisor took, above which the launch is marked. */
const stealShare = 0.02;

/** What was seen of a launch besides its result. */
export interface Seen {
  readonly before: Probed;
  readonly after: Probed;
  readonly stretch: Stretch;
  readonly marks: readonly string[];
}

/**
 * What a worker said, per call, and how it ended; no text says where the checkout lies. `tierNs` is
 * what a call took when the case was piloted.
 */
export function describeResult(
  { outcome, reason, signal, exitCode, measured, stderrTail }: LaunchResult,
  timing: Timing,
  { scale, checkout }: Pick<RunContext, 'scale' | 'checkout'>,
  tierNs: number | null,
) {
  return {
    outcome,
    reason: reason === null ? null : shownText(checkout, reason).slice(0, mostReasonChars),
    signal,
    exit_code: exitCode,
    ...(outcome === 'done' ? {} : { stderr_tail: shownText(checkout, stderrTail) }),
    measured: measured === null ? null : summarize(measured, timing, scale, measureNs, tierNs),
  };
}

/** What the machine did during a launch, and what makes the launch doubtful. */
export function describeContext(
  result: LaunchResult,
  { before, after, stretch: { steadyMs }, marks }: Seen,
): Pick<LaunchLine, 'marks' | 'context'> {
  const stolen = before.steal_ticks === null || after.steal_ticks === null
    ? null
    : after.steal_ticks - before.steal_ticks;
  const stolenMs = (stolen ?? 0) * 1000 / (after.ticks_per_s ?? 100);
  return {
    marks: [...(stolenMs > steadyMs * stealShare ? ['steal'] : []), ...marks],
    context: {
      steal_ticks: stolen,
      involuntary_switches: result.measured?.involuntary_switches ?? result.involuntarySwitches,
      load1: after.load1,
      counters: countersOf(result),
    },
  };
}

/** The counters of a launch per call, over the whole loop. */
function countersOf(
  { counts, measured }: LaunchResult,
): NonNullable<LaunchLine['context']['counters']> | null {
  if (counts === null || measured === null) return null;
  const total = measured.batches_ns.length * measured.calls_per_batch;
  return {
    instructions_per_call: rounded(counts.instructions / total),
    cycles_per_call: rounded(counts.cycles / total),
  };
}

/**
 * The line as it may be written: one that no document could hold, whatever a worker said to bring
 * it about, becomes a broken protocol, so that it costs itself and not the run.
 */
export function recordable(line: LaunchLine): LaunchLine {
  const faults = [...schemaFaults(LaunchLine, line), ...launchFaults(line)];
  if (faults.length === 0) return line;
  const reason = `What it said cannot be recorded. ${faults.join(' ')}`.slice(0, mostReasonChars);
  const { stderr_tail: _, ...rest } = line;
  return {
    ...rest,
    outcome: 'protocol_error',
    reason,
    signal: null,
    exit_code: null,
    measured: null,
  };
}
