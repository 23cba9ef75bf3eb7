/** `ffi-bench list`: tasks × lanes, what runs here and why the rest does not. */
import Table from 'cli-table3';
import { Command } from 'commander';
import process from 'node:process';
import { isPythonLane, lanes, mechanisms } from '../../runtimes/registry.ts';
import { root } from '../boot/versions.mjs';
import { signatures, type SymbolName } from '../catalogue/signatures.ts';
import { cPrototype } from '../catalogue/prototype.ts';
import { tasks } from '../catalogue/catalogue.ts';
import { pythonCase } from '../catalogue/python/tasks.ts';
import { caseName, type Task } from '../catalogue/task.ts';
import { whyUnable } from '../planning/unable.ts';
import { usageError } from '../usage/errors.ts';
import { unknownName } from '../usage/nearest.ts';
import { defaultRequests, findRuntimes } from '../machine/runtimes.ts';

/** The command. */
export function listCommand(): Command {
  return new Command('list')
    .description('Show every task in every lane: what runs here, and why the rest does not.')
    .option('--why <TASK>', 'one task: what it isolates, its C functions, why a lane cannot run it')
    .action(async ({ why }: { why?: string }) => {
      process.stdout.write(why === undefined ? await listAll() : explainTask(why));
    });
}

async function listAll(): Promise<string> {
  const found = await findRuntimes(root, defaultRequests(true));
  const reasons: string[] = [];
  const rows = tasks.map((task) => marks(task, reasons));
  const columns = columnsOf(rows);
  const table = new Table({
    head: ['task', 'params', ...columns.map((members) => headOf(members))],
    style: { head: [], border: [], compact: true },
  });
  tasks.forEach((task, i) =>
    table.push([task.id, paramsText(task), ...columns.map(([first]) => rows[i]![first!]!)])
  );
  const notes = reasons.map((reason, i) => `  ${i + 1}  ${reason}`);
  const missing = found.flatMap((one) =>
    one.state === 'missing' ? [`  ${one.label}: ${one.reason}`] : []
  );
  return [
    table.toString(),
    '✓ runs; a number is the reason why not; ✓¹ means for some of its params.',
    ...notes,
    ...(missing.length > 0 ? ['Not on this machine:', ...missing] : []),
    '"ffi-bench list --why TASK" says what a task does.',
    '',
  ].join('\n');
}

/** Places of lanes of one mechanism that can the same, together. */
function columnsOf(rows: readonly (readonly string[])[]): number[][] {
  const places = lanes.map((_, place) => place);
  const alike = (place: number) =>
    JSON.stringify([lanes[place]!.mechanism, rows.map((row) => row[place])]);
  return [...Map.groupBy(places, alike).values()];
}

/** `deno.koffi`, or where lanes share a column `bun, node` above `.koffi`. */
function headOf(members: readonly number[]): string {
  const rows = members.map((place) => lanes[place]!);
  const [{ lane, mechanism }] = rows as [(typeof rows)[0]];
  return rows.length === 1
    ? lane
    : `${rows.map(({ runtime }) => runtime).join('\n')}\n.${mechanism}`;
}

/** A mark per lane; reasons that are new are added to the list. */
function marks(task: Task, reasons: string[]): string[] {
  return lanes.map((row) => {
    const whys = task.params.map((params) => whyUnable(row, task, params));
    const why = whys.find((reason) => reason !== null);
    if (why === undefined || why === null) return '✓';
    if (!reasons.includes(why)) reasons.push(why);
    const number = String(reasons.indexOf(why) + 1);
    return whys.every((reason) => reason !== null) ? number : `✓ ${number}`;
  });
}

function paramsText(task: Task): string {
  const names = task.params.map((params) => Object.values(params).join(' '));
  const text = names.filter((name) => name !== '').join(', ');
  return text.length <= 28 ? text : `${text.slice(0, 27)}…`;
}

function explainTask(id: string): string {
  const task = tasks.find((one) => one.id === id || id.startsWith(`${one.id}[`));
  if (task === undefined) throw usageError(unknownName('task', id, tasks.map((one) => one.id)));
  const params = task.params.find((one) => caseName(task.id, one) === id) ?? task.params[0]!;
  const symbols = [...new Set(task.binds(params).map(({ symbol }) => symbol))];
  return [
    task.id,
    `  isolates  ${task.isolates}`,
    `  timed     ${task.timing}`,
    `  params    ${task.params.map((one) => caseName(task.id, one)).join(', ')}`,
    ...symbols.map((symbol: SymbolName) => `  calls     ${cPrototype(symbol, signatures[symbol])}`),
    `  JavaScript  ${task.timed}`,
    ...pythonLines(task, params),
    ...lanes.map((row) =>
      `  ${row.lane.padEnd(16)}${
        whyUnable(row, task, params) ?? `runs: ${mechanisms[row.mechanism]}`
      }`
    ),
    '',
  ].join('\n');
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
