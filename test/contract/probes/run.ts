// What runs inside a lane's process for the contract tests: asks, and prints one line per answer.
import { writeSync } from 'node:fs';
import process from 'node:process';
import type { Lane } from '../../../src/catalogue/lane.ts';
import type { Check } from '../../../src/catalogue/task.ts';
import { countCompared, wrongAnswers } from '../../../src/worker/known_answers.ts';

/** What a probe is told. */
export interface ProbeOrder {
  readonly library: string;
  readonly name: string;
}

/** One thing that was asked, and what came of it. */
export interface ProbeLine {
  readonly name: string;
  /** Empty where all was right. */
  readonly wrong: readonly string[];
  readonly checks: number;
}

/** Something to ask of a lane. */
export type Probe = (lane: Lane, library: string) => Check[] | Promise<Check[]>;

/** Runs one probe, all of them for `*`, or none and tells their names for `?`; ends the process. */
export async function runProbes(lane: Lane, probes: Readonly<Record<string, Probe>>) {
  const { library, name } = JSON.parse(process.argv[2]!) as ProbeOrder;
  if (name === '?') writeSync(1, JSON.stringify(Object.keys(probes).sort()));
  for (const [one, probe] of Object.entries(probes)) {
    if (name === '*' || name === one) say(await answer(one, () => probe(lane, library)));
  }
  process.exit(0);
}

async function answer(name: string, ask: () => Check[] | Promise<Check[]>): Promise<ProbeLine> {
  try {
    const checks = await ask();
    const wrong = wrongAnswers(checks).map(({ what, got, want }) => `${what}: ${got}, not ${want}`);
    return { name, wrong, checks: countCompared(checks) };
  } catch (error) {
    return { name, wrong: [`it threw ${error}`], checks: 0 };
  }
}

function say(line: ProbeLine): void {
  writeSync(1, `${JSON.stringify({ probe: line })}\n`);
}
