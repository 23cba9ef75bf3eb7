/**
 * What has no figures, and why: each reason once, with the cases and lanes it holds for.
 */
import { type CaseLaunches, rowsOf } from '../../analysis/rows.ts';
import type { Document } from '../../results/schema.ts';
import { plainText } from '../plain_text.ts';
import { emptyTexts } from '../words/page.ts';
import { sentence } from '../words/notes.ts';
import { Markup, markup } from './markup.ts';

/** Failed cases whose last words are shown. */
const mostWords = 20;

/** Everything that was not measured, failures first. */
export function absentSection(document: Document): Markup {
  const absent = rowsOf(document).flatMap(({ cases }) => cases)
    .filter(({ case: { status } }) => status !== 'measured');
  if (absent.length === 0) return markup`<p>${emptyTexts.absent}</p>`;
  const order = ['failed', 'not_run', 'unsupported'];
  const groups = Map.groupBy(
    absent,
    ({ case: { status, reason } }) => JSON.stringify([order.indexOf(status), reason]),
  );
  const sorted = [...groups].toSorted(([a], [b]) => JSON.parse(a)[0] - JSON.parse(b)[0]);
  return markup`<ul class="absent">${sorted.map(([, own]) => reasonItem(own))}</ul>${
    lastWords(absent)
  }`;
}

function reasonItem(own: readonly CaseLaunches[]): Markup {
  const { status, reason } = own[0]!.case;
  const byTask = Map.groupBy(own, ({ case: { task } }) => task);
  const tasks = [...byTask].map(([task, members]) => {
    const lanes = [...new Set(members.map(({ arm }) => arm.label))];
    return `${task} (${lanes.join(', ')})`;
  });
  const words = status.replace('_', ' ');
  return markup`<li><b class="${status === 'failed' ? 'down' : 'dim'}">${words}</b> ${
    sentence(reason ?? 'No reason is given')
  } <details><summary>${own.length} ${own.length === 1 ? 'case' : 'cases'}</summary>${
    tasks.join('; ')
  }</details></li>`;
}

/** The ends of what failed launches wrote to stderr. */
function lastWords(absent: readonly CaseLaunches[]): Markup {
  const spoken = absent.filter(({ case: { status } }) => status === 'failed').flatMap((own) => {
    const tail = own.notDone.findLast((launch) => launch.stderr_tail)?.stderr_tail;
    return tail === undefined ? [] : [{ own, tail }];
  });
  return markup`${
    spoken.slice(0, mostWords).map(({ own, tail }) =>
      markup`<details><summary>What ${own.case.case} in ${own.arm.label} wrote last</summary><pre>${
        lines(tail)
      }</pre></details>`
    )
  }`;
}

function lines(text: string): Markup[] {
  return text.split('\n').map((line) => markup`${plainText(line)}${new Markup('\n')}`);
}
