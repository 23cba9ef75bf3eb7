/**
 * The page of a merged document: what its members disagree on, the questions of the first screen
 * with what each member answers, every contradiction, and every cost.
 */
import { keyOf } from '../../results/keys.ts';
import type { Member } from '../../analysis/open.ts';
import { type Beside, besideEachOther, type Opposite } from '../../analysis/members.ts';
import { rowsOf } from '../../analysis/rows.ts';
import { spreadOf } from '../model.ts';
import { formatNs, formatRatio, formatSpread } from '../words/numbers.ts';
import {
  answerRows,
  conditionLines,
  memberLines,
  memberNames,
  membersHeadline,
  oppositeText,
} from '../words/members.ts';
import { mergedTexts } from '../words/page.ts';
import { verdictSigns } from '../words/verdicts.ts';
import { Markup, markup } from './markup.ts';
import { onDemand } from './on_demand.ts';
import { plainLine, plainTable } from './plain_table.ts';
import { shellPage } from './shell.ts';

/** Contradictions in the first screen. */
const firstOpposites = 5;
/** Lines of costs that stand in the page from the start. */
const firstLines = 60;

/** The page; `files` are the pages of the members, as links from this one, or null. */
export async function renderMergedPage(
  members: readonly Member[],
  files: readonly string[] | null,
): Promise<string> {
  const beside = besideEachOther(members);
  const title = membersHeadline(beside);
  return await shellPage({
    title,
    header: header(members, beside, title, files),
    sections: [
      ['opposites', mergedTexts.opposites, oppositesTable(beside)],
      ['costs', mergedTexts.costs, await costsOf(members)],
    ],
    after: new Markup(''),
  });
}

function header(
  members: readonly Member[],
  beside: Beside,
  title: string,
  files: readonly string[] | null,
): Markup {
  const lines = memberLines(members, beside);
  const names = memberNames(members);
  const doubts = conditionLines(members);
  return markup`<header><p class="name">${mergedTexts.name}</p><h1>${title}</h1>
<ul class="members">${
    lines.map((line, index) =>
      markup`<li>${line}${
        files === null
          ? ''
          : markup` <a href="${
            encodeURIComponent(files[index]!)
          }">${mergedTexts.memberPage} ${names[index]!}</a>`
      }</li>`
    )
  }</ul>${
    beside.opposites.length === 0
      ? ''
      : markup`<ul class="doubts">${
        beside.opposites.slice(0, firstOpposites)
          .map((found) => markup`<li>${oppositeText(found)}</li>`)
      }</ul>`
  }${answersTable(members, beside)}${
    doubts.length === 0
      ? ''
      : markup`<ul class="doubts">${doubts.map((line) => markup`<li>${line}</li>`)}</ul>`
  }</header>`;
}

function answersTable(members: readonly Member[], beside: Beside): Markup {
  const rows = answerRows(members, beside);
  if (rows.length === 0) return new Markup('');
  return markup`<div id="answers">${
    plainTable(
      mergedTexts.answers,
      [mergedTexts.answers, ...memberNames(members)],
      rows.map(({ title, cells, differs }) =>
        markup`<tr${differs ? markup` class="differs"` : ''}><th scope="row">${
          differs ? markup`<b title="${mergedTexts.differs}">≠</b> ` : ''
        }${title}</th>${cells.map((cell) => markup`<td>${cell}</td>`)}</tr>\n`
      ),
      { words: true },
    )
  }</div>`;
}

function oppositesTable({ opposites }: Beside): Markup {
  if (opposites.length === 0) return markup`<p class="dim">${mergedTexts.noOpposites}</p>`;
  const cell = (pair: Opposite['pairs'][number]) =>
    pair === null ? '' : `${verdictSigns[pair.verdict]} ${formatRatio(pair.ratio.value)}`;
  return plainTable(
    mergedTexts.opposites,
    ['Task', 'Lane', 'Over', ...memberNames(opposites[0]!.pairs)],
    opposites.map(({ case: name, arm, base, pairs }) =>
      plainLine(name, [arm, base, ...pairs.map(cell)])
    ),
  );
}

/** Every cost, a line for each case and a column for each member. */
async function costsOf(members: readonly Member[]): Promise<Markup> {
  const figures = members.map(({ document }) =>
    new Map(document.derived.cases.map((item) => [keyOf(item), item.cost_ns]))
  );
  const cases = new Map(
    members.flatMap(({ document }) => rowsOf(document).flatMap((row) => row.cases))
      .map(({ case: item }) => [keyOf(item), item]),
  );
  const lines = [...cases].flatMap(([key, item]) => {
    const costs = figures.map((own) => own.get(key));
    if (costs.every((cost) => !cost)) return [];
    return [plainLine(item.case, [
      item.arm,
      ...costs.map((cost) =>
        cost && !item.folded ? `${formatNs(cost.value)} ${formatSpread(spreadOf(cost))}` : ''
      ),
    ])];
  });
  const rest = lines.slice(firstLines);
  return markup`${
    plainTable(
      mergedTexts.costs,
      ['Task', 'Lane', ...memberNames(members)],
      lines.slice(0, firstLines),
      { id: 'cost-lines' },
    )
  }${await onDemand({
    into: 'cost-lines',
    says: `Show all ${lines.length} costs`,
    content: rest.length === 0 ? new Markup('') : markup`<tbody>${rest}</tbody>`,
  })}`;
}
