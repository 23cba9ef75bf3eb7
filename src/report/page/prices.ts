/**
 * The price list: what each type, string, struct and callback adds to an empty call, tasks down and
 * lanes across.
 */
import type { Document } from '../../results/schema.ts';
import type { Price } from '../../results/schema_conclusions.ts';
import { formatNs } from '../words/numbers.ts';
import { emptyTexts, priceListLimit, priceListText } from '../words/page.ts';
import { priceInterval, pricesLegend, priceText } from '../words/prices.ts';
import { Markup, markup } from './markup.ts';
import { isLarge, onDemand } from './on_demand.ts';
import { plainLine, plainTable } from './plain_table.ts';

/** Lines of a large run that stand in the page from the start. */
const firstLines = 16;

/** The table. */
export async function pricesSection(document: Document): Promise<Markup> {
  const { arms, derived: { prices } } = document;
  if (prices.length === 0) {
    return markup`<p class="dim">${emptyTexts.prices}</p>`;
  }
  const priced = new Set(prices.map(({ arm }) => arm));
  const columns = arms.filter(({ label }) => priced.has(label)).map(({ label }) => label);
  const empty = new Map(prices.map(({ arm, noop_ns: ns }) => [arm, ns]));
  const rows = Map.groupBy(prices, (price) => price.case);
  const lines = [...rows].map(([name, own]) =>
    markup`<tr><th scope="row">${name}</th>${columns.map((arm) => priceCell(own, arm))}</tr>\n`
  );
  const first = plainLine('an empty call', columns.map((arm) => formatNs(empty.get(arm)!)));
  const shown = isLarge(document) ? firstLines : lines.length;
  const table = plainTable('Price list', ['Case', ...columns], [first, ...lines.slice(0, shown)], {
    id: 'price-lines',
  });
  const rest = lines.slice(shown);
  return markup`<p>${priceListText} ${pricesLegend} ${priceListLimit}</p>
${table}${await onDemand({
    into: 'price-lines',
    says: `Show all ${lines.length} cases`,
    content: rest.length === 0 ? new Markup('') : markup`<tbody>${rest}</tbody>`,
  })}`;
}

function priceCell(own: readonly Price[], arm: string): Markup {
  const price = own.find((item) => item.arm === arm);
  if (!price) return markup`<td></td>`;
  const interval = priceInterval(price);
  const title = interval === '' ? '' : markup` title="${interval}"`;
  const look = price.because === null ? '' : markup` class="dim"`;
  return markup`<td${look}${title}>${priceText(price)}</td>`;
}
