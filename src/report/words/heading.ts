/**
 * The lines above a comparison: which run this is, on which machine, with which runtimes and
 * library.
 */
import type { Arm, Document } from '../../results/schema.ts';
import { failureSentences } from './doubts.ts';
import { machineText } from './machine.ts';
import { formatDuration } from './numbers.ts';
import { plainText } from '../plain_text.ts';

/** What a reader must know before the first number, as a few lines of plain text. */
export function headingLines(document: Document): string[] {
  const { machine, profile, seed, started_at, finished_at } = document.provenance;
  const took = finished_at === null
    ? 'interrupted'
    : formatDuration(Date.parse(finished_at) - Date.parse(started_at));
  const { launches } = document.raw;
  return [
    `ffi-bench, ${profile} profile: ${launches.length} launches, seed ${seed}, ` +
    `${started_at.slice(0, 16).replace('T', ' ')} UTC, ${took}`,
    machineText(machine),
    ...runtimeLines(document.arms),
    ...libraryLines(document.arms),
    ...precisionLines(document),
    ...failureSentences(document.derived),
  ].map(plainText);
}

/** How many costs are known as well as was asked for. */
function precisionLines({ provenance, derived }: Document): string[] {
  const { precision: wanted } = provenance.selection;
  if (typeof wanted !== 'number') return [];
  const measured = derived.cases.filter(({ cost_ns: cost }) => cost !== null);
  const reached = measured.filter(({ precision }) => precision !== null && precision <= wanted);
  return [
    `asked for a precision of ±${+(wanted * 100).toFixed(3)} %: ${reached.length} of ` +
    `${measured.length} costs are known that well`,
  ];
}

function runtimeLines(arms: readonly Arm[]): string[] {
  const runtimes = new Set(
    arms.map(({ runtime, version, engine }) =>
      `${runtime} ${version}${engine === null ? '' : ` (${engine})`}`
    ),
  );
  return runtimes.size === 0 ? [] : [[...runtimes].join(', ')];
}

function libraryLines(arms: readonly Arm[]): string[] {
  const libraries = new Map(
    arms.flatMap(({ library }) => library ? [[library.sha256, library] as const] : []),
  );
  return [...libraries.values()].map((library) => {
    const planted = library.planted === null ? '' : `, with planted delays: ${library.planted}`;
    return `${library.path_name} ${library.sha256.slice(0, 12)}: Zig ${library.zig}, ` +
      `${library.optimize}, ${library.target} ${library.cpu}${planted}`;
  });
}
