/** The block of a merged document: what its members disagree on, then what each answers. */
import Table from 'cli-table3';
import type { Member } from '../analysis/open.ts';
import { besideEachOther } from '../analysis/members.ts';
import { frame } from './frame.ts';
import { wrap } from './plain_text.ts';
import {
  answerRows,
  conditionLines,
  memberLines,
  memberNames,
  membersHeadline,
  oppositeText,
} from './words/members.ts';

/** Contradictions that the block shows. */
const mostOpposites = 2;
/** Columns of a question, and of an answer, at least. */
const [titleWidth, answerWidth] = [44, 18];

/** The block in plain text, ending in a newline. */
export function renderMembers(members: readonly Member[], width = 100): string {
  const beside = besideEachOther(members);
  const names = memberNames(members);
  const lines = (text: string) => wrap(text, width - 2, '  ').map((line) => `  ${line}`);
  const rows = answerRows(members, beside);
  const atOnce = Math.max(1, Math.floor((width - titleWidth) / answerWidth));
  const tables = Array.from({ length: Math.ceil(members.length / atOnce) }, (_, index) => {
    const places = names.map((_, place) => place).slice(index * atOnce, (index + 1) * atOnce);
    const own = Math.floor((width - titleWidth) / places.length);
    const table = new Table({
      head: ['≠: they disagree', ...places.map((place) => names[place]!)],
      style: { head: [], border: [], compact: true, 'padding-left': 0, 'padding-right': 1 },
      colWidths: [titleWidth, ...places.map(() => own)],
      chars: frame,
    });
    table.push(
      ...rows.map(({ title, cells, differs }) => [
        wrapped(`${differs ? '≠' : '\u00a0'}\u00a0${title}`, titleWidth - 1, '    '),
        ...places.map((place) => wrapped(cells[place]!, own - 1, '')),
      ]),
    );
    return table.toString().replaceAll(/ +$/gm, '');
  });
  return `${
    [
      membersHeadline(beside),
      ...memberLines(members, beside).flatMap(lines),
      ...beside.opposites.slice(0, mostOpposites).flatMap((found) => lines(oppositeText(found))),
      ...rows.length === 0 ? [] : tables,
      ...conditionLines(members).flatMap(lines),
    ].join('\n')
  }\n`;
}

/** A cell in lines, no figure torn from its unit. */
function wrapped(text: string, width: number, indent: string): string {
  return wrap(text.replace(/(\d) (?=[nµm]?s$)/, '$1\u00a0'), width, indent).join('\n')
    .replaceAll('\u00a0', ' ');
}
