/** Simulates a long run in a process of its own, and tells how much memory it took. */
import { statSync } from 'node:fs';
import process from 'node:process';
import { rowLine } from '../../src/report/row_line.ts';
import { writeDocument } from '../../src/results/document.ts';
import { doneAt, simulate, simulatedSession } from './simulate.ts';

const [journal, document, wanted] = process.argv.slice(2);
const names = 60;
const rounds = Math.ceil(Number(wanted) / names / 3);
const session = simulatedSession(names, rounds);
const levels: number[] = [];
const rssMb = () => Math.round(process.memoryUsage.rss() / 2 ** 20);
let rows = 0;
const made = await simulate(session, journal!, (n) => doneAt(4 + (n % 11) / 10), {
  listener: {
    onLaunch: (line) => line.sequence % 10_000 === 0 && levels.push(rssMb()),
    onRow: (row) => rows += rowLine(row, 10).length > 0 ? 1 : 0,
  },
});
const assembledMb = rssMb();
writeDocument(document!, made!, { force: true });
process.stdout.write(`${
  JSON.stringify({
    launches: made!.raw.launches.length,
    planned: session.line.plan.launches,
    rows,
    levelsMb: levels,
    assembledMb,
    mostMb: Math.round(process.resourceUsage().maxRSS / 1024),
    documentMb: Math.round(statSync(document!).size / 2 ** 20),
  })
}\n`);
