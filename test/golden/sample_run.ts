/**
 * The run that the golden tests draw: six lanes, and one of everything that a cell can show.
 */
import type { Document } from '../../src/results/schema.ts';
import { buildArm, buildRun, type BuiltCase } from './build_run.ts';

/** Eight rounds around a cost in ns, the same wobble in every case. */
export function eightRounds(cost: number, wobble = 0.01): number[] {
  return [0, 5, -3, 8, -6, 2, -9, 4].map((step) => cost * (1 + wobble * step / 10));
}

const arms = ['deno.ffi', 'bun.ffi', 'node.ffi', 'deno.plain', 'bun.plain', 'node.plain'];

function cases(...built: readonly BuiltCase[]): Record<string, BuiltCase> {
  return Object.fromEntries(built.map((item, index) => [arms[index]!, item]));
}

const costs = (cost: number, more: BuiltCase = {}) => ({ costs: eightRounds(cost), ...more });
const noTwin = { unsupported: 'there is no such work in JavaScript alone' };

/** The sample run under a profile; quick takes its first three rounds. */
export function sampleRun(profile: 'quick' | 'default' = 'default'): Document {
  const rows = [
    {
      task: 'call.noop',
      cases: cases(
        costs(4.62),
        { costs: [1.22, 1.29, 1.22, 1.6, 1.22, 1.35, 1.29, 1.22] },
        costs(9.1),
        costs(0.08, { folded: true }),
        costs(0.09, { folded: true }),
        costs(0.09, { folded: true }),
      ),
    },
    {
      task: 'call.u64_bigint',
      params: { sink: 'consumed' },
      cases: cases(
        { costs: [14.2, 14.1, 118, 14.3, 14.2, 14.1, 14.2, 14.4] },
        costs(31, { marks: ['steal'] }),
        costs(119),
        costs(3),
        costs(2.2, { measured: { calls_per_batch: 100 } }),
        costs(3.1, { measured: { trend: 'not_steady' } }),
      ),
    },
    {
      task: 'string_out.c_string',
      params: { bytes: 36 },
      cases: cases(
        costs(114),
        { costs: [113, 115, 113, 115, 114.4, 113.5, 114.7, null] },
        costs(230, { sustainedRatio: 2 }),
        noTwin,
        noTwin,
        noTwin,
      ),
    },
    {
      task: 'list_sum.refill',
      params: { elements: 100_000 },
      cases: cases(
        costs(114_000),
        costs(999_600),
        { failed: 'The worker crashed (SIGSEGV).', costs: [null, null, null] },
        costs(99_000, { sustainedRatio: 1.8 }),
        costs(100_000),
        costs(101_000),
      ),
    },
  ].map((row) => ({
    ...row,
    cases: Object.fromEntries(
      Object.entries(row.cases).map(([arm, built]) => [arm, shortened(built, profile)]),
    ),
  }));
  return buildRun(arms.map((label) => buildArm(label)), rows, profile);
}

function shortened(built: BuiltCase, profile: 'quick' | 'default'): BuiltCase {
  return built.costs && profile === 'quick' ? { ...built, costs: built.costs.slice(0, 3) } : built;
}
