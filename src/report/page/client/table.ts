/**
 * Sorts and filters the comparison table. The lines are all in the page; this hides them or puts
 * them in another order.
 */

import { startMarks } from './marks.ts';
import { elementsOf, unpackedText } from './packed.ts';

/** Places of family, runtime and mechanism, then cost, spread, sustained, ratio and slow share. */
type Line = readonly (number | null)[];

const keys = ['family', 'runtime', 'mechanism', 'cost', 'spread', 'sustained', 'ratio', 'slow'];
/** Lines that share a body where they are sorted over all tasks. */
const chunk = 40;

/** Makes the table of the page obey its filters and headings. */
export function startTable(page: Document): void {
  const table = page.querySelector<HTMLTableElement>('#cases');
  const form = page.querySelector<HTMLFormElement>('#filters');
  const data = page.querySelector('#lines');
  if (!table || !form || !data) return;
  const buttons = [...table.querySelectorAll<HTMLButtonElement>('th button')];
  const shown = page.querySelector('#shown');
  const more = page.querySelector<HTMLButtonElement>('#more');
  const lines = JSON.parse(data.textContent ?? '[]') as Line[];
  let bodies: Body[] = [];
  let rows: HTMLTableRowElement[] = [];
  let words: string[] | null = null;

  const read = () => {
    bodies = [...table.tBodies].map((body) => ({ body, rows: [...body.rows] }));
    rows = bodies.flatMap((own) => own.rows);
    words = null;
  };

  /** Puts the lines that the page carries compressed into the table, once. */
  const complete = async () => {
    if (!more || more.disabled) return;
    more.disabled = true;
    const text = await unpackedText(page, 'rest');
    const end = text.indexOf('\n');
    lines.push(...JSON.parse(text.slice(0, end)) as Line[]);
    table.append(elementsOf(page, text.slice(end + 1), true));
    more.remove();
    read();
    startMarks(table);
  };

  const filter = () => {
    const wanted = readFilters(form);
    let count = 0;
    words ??= rows.map((row) => (row.cells[0]?.textContent ?? '').toLowerCase());
    for (const [index, row] of rows.entries()) {
      row.hidden = !isWanted(lines[index]!, words[index]!, wanted);
      if (!row.hidden) count++;
    }
    for (const body of table.tBodies) {
      const open = [...body.rows].filter((row) => !row.hidden);
      body.hidden = open.length === 0;
      for (const row of open) row.classList.toggle('first', row === open[0]);
    }
    table.classList.toggle(
      'filtered',
      count < rows.length || table.tBodies[0]?.className === 'flat',
    );
    if (shown) {
      shown.textContent = count === lines.length
        ? `${lines.length} cases`
        : `${count} of ${lines.length} cases`;
    }
  };

  const sort = (key: string, descending: boolean) => {
    const bodiesNow = key === 'place'
      ? restored(bodies, descending)
      : sorted(page, rows, lines, keys.indexOf(key), descending);
    for (const body of [...table.tBodies]) body.remove();
    table.append(...bodiesNow);
    for (const button of buttons) {
      const heading = button.closest('th')!;
      if (button.dataset.key !== key) heading.removeAttribute('aria-sort');
      else heading.setAttribute('aria-sort', descending ? 'descending' : 'ascending');
    }
    filter();
  };

  for (const button of buttons) {
    button.addEventListener('click', () => {
      const isAscending = button.closest('th')!.getAttribute('aria-sort') === 'ascending';
      const act = () => sort(button.dataset.key ?? 'place', isAscending);
      if (more?.isConnected) void complete().then(act);
      else act();
    });
  }
  const filterAll = () => {
    if (more?.isConnected) void complete().then(filter);
    else filter();
  };
  more?.addEventListener('click', filterAll);
  form.addEventListener('input', filterAll);
  form.addEventListener('submit', (event) => event.preventDefault());
  form.addEventListener('reset', () => setTimeout(filterAll));
  // A browser may give back what was entered before a reload.
  addEventListener('pageshow', () => {
    if (!isEmpty(readFilters(form))) filterAll();
  });
  read();
  startMarks(table);
}

interface Filters {
  readonly find: readonly string[];
  readonly family: string;
  readonly runtimes: readonly string[];
  readonly mechanisms: readonly string[];
  readonly measured: boolean;
}

function readFilters(form: HTMLFormElement): Filters {
  const checked = (name: string) =>
    [...form.querySelectorAll<HTMLInputElement>(`input[name=${name}]:checked`)]
      .map((input) => input.value);
  return {
    find: form.querySelector<HTMLInputElement>('#find')!.value.toLowerCase().split(/\s+/),
    family: form.querySelector<HTMLSelectElement>('#family')!.value,
    runtimes: checked('runtime'),
    mechanisms: checked('mechanism'),
    measured: form.querySelector<HTMLInputElement>('#measured')!.checked,
  };
}

function isEmpty({ find, family, runtimes, mechanisms, measured }: Filters): boolean {
  return find.join('') === '' && family === '' && runtimes.length + mechanisms.length === 0 &&
    !measured;
}

function isWanted(line: Line, words: string, wanted: Filters): boolean {
  const [family, runtime, mechanism, cost] = line;
  return (wanted.family === '' || Number(wanted.family) === family) &&
    (wanted.runtimes.length === 0 || wanted.runtimes.includes(String(runtime))) &&
    (wanted.mechanisms.length === 0 || wanted.mechanisms.includes(String(mechanism))) &&
    (!wanted.measured || cost !== null) &&
    wanted.find.every((word) => words.includes(word));
}

interface Body {
  readonly body: HTMLTableSectionElement;
  readonly rows: readonly HTMLTableRowElement[];
}

/** Lines under their tasks again, in the order of the document. */
function restored(bodies: readonly Body[], descending: boolean): HTMLTableSectionElement[] {
  const ordered = descending ? bodies.toReversed() : bodies;
  return ordered.map(({ body, rows }) => {
    body.replaceChildren(...rows);
    return body;
  });
}

/** Lines by one figure over all tasks; those without it stand last. */
function sorted(
  page: Document,
  rows: readonly HTMLTableRowElement[],
  lines: readonly Line[],
  key: number,
  descending: boolean,
): HTMLTableSectionElement[] {
  const sign = descending ? -1 : 1;
  const order = rows.map((_, index) => index).sort((a, b) => {
    const [left, right] = [lines[a]![key] ?? null, lines[b]![key] ?? null];
    if (left === null || right === null) return Number(left === null) - Number(right === null);
    return (left - right) * sign || a - b;
  });
  const bodies: HTMLTableSectionElement[] = [];
  for (let start = 0; start < order.length; start += chunk) {
    const body = page.createElement('tbody');
    body.className = 'flat';
    body.append(...order.slice(start, start + chunk).map((index) => rows[index]!));
    bodies.push(body);
  }
  return bodies;
}
