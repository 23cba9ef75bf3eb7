/** `ffi-bench list`: tasks × lanes, what runs here and why the rest does not. */
import Table from 'cli-table3';
import { Command } from 'commander';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { isPythonLane, lanes } from '../../runtimes/lanes.ts';
import { mechanisms } from '../../runtimes/registry.ts';
import { root } from '../boot/versions.mjs';
import { signatures, type SymbolName } from '../catalogue/signatures.ts';
import { cPrototype } from '../catalogue/prototype.ts';
import { tasks } from '../catalogue/catalogue.ts';
import { pythonCase } from '../catalogue/python/tasks.ts';
import { caseName, type Task } from '../catalogue/task.ts';
import { whyUnable } from '../planning/unable.ts';
import { openDocument } from '../analysis/open.ts';
import { runtimeName } from '../report/words/arms.ts';
import { instructionsText } from '../report/words/instructions.ts';
import { usageError } from '../usage/errors.ts';
import { unknownName } from '../usage/nearest.ts';
import { defaultRequests, findRuntimes } from '../machine/runtimes.ts';
import { frame } from '../report/frame.ts';
import { wrap } from '../report/plain_text.ts';
import { screen } from './screen.ts';

/** The command. */
export function listCommand(): Command {
  return new Command('list')
    .description('Show which lanes run each task, and why the others cannot.')
    .option('--why <TASK>', 'one task: what it measures, its C functions, why a lane cannot run it')
    .action(async ({ why }: { why?: string }) => {
      process.stdout.write(why === undefined ? await listAll() : explainTask(why));
    });
}

/** A column: its title and the places of its lanes. */
interface Column {
  readonly title: string;
  readonly places: readonly number[];
}

/** One column for each mechanism; the lanes of CPython share one. */
function columns(): Column[] {
  const titleOf = (row: (typeof lanes)[number]) => {
    if (isPythonLane(row)) return 'python';
    return row.runtime === 'native' ? 'C' : row.mechanism;
  };
  const places = lanes.map((_, place) => place);
  return [...Map.groupBy(places, (place) => titleOf(lanes[place]!))]
    .map(([title, own]) => ({ title, places: own }));
}

async function listAll(): Promise<string> {
  const found = await findRuntimes(root, defaultRequests(true));
  const shown = columns();
  const table = new Table({
    head: ['task', ...shown.map(({ title }) => title)],
    style: { head: [], border: [], compact: true, 'padding-left': 0, 'padding-right': 1 },
    chars: frame,
  });
  for (const task of tasks) {
    table.push([task.id, ...shown.map(({ places }) => marks(task, places))]);
  }
  const missing = found.flatMap((one) =>
    one.state === 'missing' ? [`${one.label}: ${one.reason}`] : []
  );
  return [
    ...table.toString().split('\n').map((line) => line.trimEnd()),
    'D Deno, B Bun, N Node, P a lane of CPython, + machine code; in lower case',
    'where a lane runs only some of the sizes. "ffi-bench list --why TASK" says what',
    'a task does, and why a lane cannot run it.',
    ...missing.length > 0 ? ['Not on this machine:'] : [],
    ...missing.flatMap((line) => wrap(`  ${line}`, screen().width, '    ')),
    '',
  ].join('\n');
}

const letters: Readonly<Record<string, string>> = { deno: 'D', bun: 'B', node: 'N', native: '+' };

/** A letter for each lane that runs the task, in lower case where it runs some params only. */
function marks(task: Task, places: readonly number[]): string {
  return places.map((place) => {
    const row = lanes[place]!;
    const able = task.params.filter((params) => whyUnable(row, task, params) === null).length;
    const letter = letters[row.runtime] ?? 'P';
    if (able === 0) return '';
    return able < task.params.length ? letter.toLowerCase() : letter;
  }).join('');
}

function explainTask(id: string): string {
  const task = tasks.find((one) => one.id === id || id.startsWith(`${one.id}[`));
  if (task === undefined) throw usageError(unknownName('task', id, tasks.map((one) => one.id)));
  const params = task.params.find((one) => caseName(task.id, one) === id) ?? task.params[0]!;
  const symbols = [...new Set(task.binds(params).map(({ symbol }) => symbol))];
  const lines = [
    `  measures    ${task.isolates}`,
    `  timed       ${task.timing}`,
    `  params      ${task.params.map((one) => caseName(task.id, one)).join(', ')}`,
    ...symbols.map((symbol: SymbolName) =>
      `  calls       ${cPrototype(symbol, signatures[symbol])}`
    ),
    `  JavaScript  ${task.timed}`,
    ...pythonLines(task, params).flatMap((line) => line.split('\n')),
    ...lanes.map((row) =>
      `  ${row.lane.padEnd(18)}${
        whyUnable(row, task, params) ?? `runs: ${mechanisms[row.mechanism]}`
      }`
    ),
    ...publishedInstructions(caseName(task.id, params)),
  ];
  return [task.id, ...lines.flatMap(fitted), ''].join('\n');
}

/** Where a call spends its instructions, by the run that is published for this system. */
function publishedInstructions(name: string): string[] {
  const path = join(root, 'results', `${process.platform}-${process.arch}.json.gz`);
  if (!existsSync(path)) return [];
  const { arms, cases } = openDocument(path);
  const runtimes = new Map(arms.map(({ label, runtime }) => [label, runtimeName(runtime)]));
  const counted = cases.filter((one) => one.case === name && one.instructions?.reason === null);
  if (counted.length === 0) return [];
  return [
    `instructions of ${name} in the published run`,
    ...counted.map(({ arm, instructions }) =>
      `  ${arm.padEnd(12)}${instructionsText(instructions!, runtimes.get(arm)!)}`
    ),
  ];
}

/** A line broken to the width of the screen, what follows under its text. */
function fitted(line: string): string[] {
  const { width } = screen();
  const start = /^ *\S+ +/.exec(line)?.[0] ?? '';
  const room = Math.max(20, width - start.length);
  const rest = wrap(line.slice(start.length), room);
  return rest.map((part, place) => `${place === 0 ? start : ' '.repeat(start.length)}${part}`);
}

/** What is timed in Python: a statement for each group of lanes that time the same. */
function pythonLines(task: Task, params: Task['params'][number]): string[] {
  const able = lanes.filter(isPythonLane).flatMap((row) => {
    const found = pythonCase(row.mechanism, task, params);
    return typeof found === 'string' ? [] : [{ row, timed: found.timed }];
  });
  return [...Map.groupBy(able, ({ timed }) => timed)].map(([timed, own]) =>
    `  Python      ${timed.replaceAll('\n', '\n              ')}` +
    `   # ${own.map(({ row }) => row.mechanism).join(', ')}`
  );
}
