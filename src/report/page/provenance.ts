/**
 * Where the figures come from: machine, runtimes, library, plan, remarks; and how to make them
 * again.
 */
import type { Arm, Document } from '../../results/schema.ts';
import { formatCount, formatNs, formatPercent, formatRatio } from '../words/numbers.ts';
import { hypervisorName } from '../words/machine.ts';
import { Markup, markup } from './markup.ts';
import { plainLine, plainTable } from './plain_table.ts';

type Fact = readonly [string, string | number | null];

/** Tables of what the run ran on, and with what. */
export function provenanceSection(document: Document): Markup {
  const titles = ['Lane', 'Runtime', 'Engine', 'Flags', 'Binary', 'Library'];
  return markup`<dl class="facts">${
    factsOf(document).map(([name, value]) =>
      markup`<div><dt>${name}</dt><dd>${value === null ? 'not told' : value}</dd></div>`
    )
  }</dl>
${plainTable('Lanes', titles, document.arms.map(armLine), { words: true })}
${remarks(document)}${noiseFloors(document)}`;
}

function factsOf({ id, provenance, plan, raw }: Document): Fact[] {
  const { machine, before, after, host, tool } = provenance;
  return [
    ['Processor', machine.cpu_model],
    ['Cores', machine.cores],
    ['Virtual machine', machine.hypervisor && hypervisorName(machine.hypervisor)],
    ['System', `${machine.os} ${machine.kernel} ${machine.arch}`],
    ['Governor', machine.governor],
    ['Clock', machine.clock_source],
    ['Step of the clock', machine.clock_step_ns === null ? null : formatNs(machine.clock_step_ns)],
    ['Hardware counters', machine.no_counters_reason ?? 'there are'],
    ['Load before and after', `${before.load1 ?? 'not told'}, ${after?.load1 ?? 'not told'}`],
    ['Stolen ticks', stolen(before.steal_ticks, after?.steal_ticks ?? null)],
    ['Begun', provenance.started_at],
    ['Ended', provenance.finished_at ?? 'interrupted'],
    ['Profile', provenance.profile],
    ['Launches', formatCount(raw.launches.length)],
    [
      'Order',
      `${plan.order}, in blocks by ${plan.blocks}, ${
        plan.passes === 1 ? 'one pass' : `${plan.passes} passes`
      }`,
    ],
    ['Seed', String(provenance.seed)],
    ['Plan', plan.hash],
    ['Tool', `ffi-bench ${tool.version}, run by ${host.runtime} ${host.version}`],
    ['Commit', tool.commit === null ? null : `${tool.commit}${tool.dirty ? ' with changes' : ''}`],
    ['Document', id],
  ];
}

function stolen(before: number | null, after: number | null): string | null {
  return before === null || after === null ? null : formatCount(after - before);
}

function armLine({ label, runtime, version, engine, flags, path, library }: Arm): Markup {
  const built = library &&
    `${library.path_name} ${library.sha256.slice(0, 12)}, Zig ${library.zig}, ` +
      `${library.optimize}, ${library.target} ${library.cpu}` +
      (library.planted === null ? '' : `, planted delays: ${library.planted}`);
  return plainLine(label, [`${runtime} ${version}`, engine, flags.join(' '), path, built]);
}

function remarks({ raw: { notes } }: Document): Markup {
  if (notes.length === 0) return new Markup('');
  return markup`<h3>Remarks of the run</h3><ul>${
    notes.map(({ at, text }) => markup`<li><time>${at}</time> ${text}</li>`)
  }</ul>`;
}

function noiseFloors({ derived: { noise_floors: floors } }: Document): Markup {
  if (floors.length === 0) return new Markup('');
  const lines = floors.map(({ case: name, arms, rounds, ratio }) =>
    plainLine(name, [arms.join(', '), rounds, formatRatio(ratio), formatPercent(ratio - 1)])
  );
  return markup`<details>
<summary>How much arms of the same binary differed (${floors.length} cases)</summary>
${
    plainTable('Noise floors', ['Case', 'Same binary', 'Rounds', 'Ratio', 'Noise'], lines)
  }</details>`;
}

/** Options that say where this one run went, with the number of values they take. */
const ownOptions: Readonly<Record<string, number>> = {
  '--out': 1,
  '--force': 0,
  '--beside': 0,
  '--resume': 0,
};

/** Where a command is pasted: a checkout of the project, or any folder where npm is. */
type Place = 'checkout' | 'installed';

/**
 * The command that repeats a run with the same seed, for a POSIX shell: every word that could mean
 * something else is quoted, and nothing is overwritten. Null where the document names another
 * program.
 */
export function repeatCommand(
  { provenance: { command: [program, ...command], seed } }: Document,
  place: Place,
): string | null {
  if (program !== 'ffi-bench') return null;
  const hasSeed = command.some((word) => word === '--seed' || word.startsWith('--seed='));
  const kept = withoutOwnOptions(command);
  const words = hasSeed ? kept : [...kept, '--seed', String(seed)];
  return [place === 'checkout' ? 'npm run ffi-bench --' : 'npx ffi-bench', ...words.map(quoted)]
    .join(' ');
}

function withoutOwnOptions(command: readonly string[]): string[] {
  const kept: string[] = [];
  for (let index = 0; index < command.length; index++) {
    const word = command[index]!;
    const [name = ''] = word.split('=');
    const values = Object.hasOwn(ownOptions, name) ? ownOptions[name]! : null;
    if (values === null) kept.push(word);
    else if (name === word) index += values;
  }
  return kept;
}

function quoted(word: string): string {
  return /^[A-Za-z0-9_./:,=@%+-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
