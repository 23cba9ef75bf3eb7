/** Where the cost of a call sits, per lane and size: a bar of its parts, and their figures. */
import { type CostParts, costPartsOf } from '../../analysis/cost_parts.ts';
import type { Document } from '../../results/schema.ts';
import { collectionTitle, noParts, partsText, partTitles } from '../words/cost_parts.ts';
import { formatNs } from '../words/numbers.ts';
import { Markup, markup } from './markup.ts';
import { onDemand } from './on_demand.ts';
import { plainTable } from './plain_table.ts';

const width = 120;
/** Lines that stand in the page from the start. */
const firstLines = 24;

/** The table. */
export async function costPartsSection(document: Document): Promise<Markup> {
  const lines = costPartsOf(document).map(line);
  if (lines.length === 0) return markup`<p class="dim">${noParts}</p>`;
  const rest = lines.slice(firstLines);
  return markup`<p>${partsText}</p>${
    plainTable(
      'Where the cost sits',
      [...partTitles, collectionTitle],
      lines.slice(0, firstLines),
      { id: 'part-lines' },
    )
  }${await onDemand({
    into: 'part-lines',
    says: `Show all ${lines.length} lines`,
    content: rest.length === 0 ? new Markup('') : markup`<tbody>${rest}</tbody>`,
  })}`;
}

function line(parts: CostParts): Markup {
  const { case: name, arm, cost, crossing, work, conversion, collection } = parts;
  const cells = [crossing, conversion, work, collection].map((ns) =>
    markup`<td>${ns === null ? '' : formatNs(ns)}</td>`
  );
  return markup`<tr><th scope="row">${name}</th><td>${arm}</td><td>${formatNs(cost)}</td>
<td>${bar(parts)}</td>${cells}</tr>\n`;
}

/** The cost as a bar; what is not told apart stays empty. */
function bar({ cost, crossing, work, conversion }: CostParts): Markup {
  let start = 0;
  const paths = [crossing, conversion ?? 0, work].map((ns, i) => {
    const from = start;
    start += ns / cost * width;
    return `<path class="r${i}" d="M${from.toFixed(1)} 4H${start.toFixed(1)}"/>`;
  });
  return markup`<svg class="in" viewBox="0 0 ${width} 8" aria-hidden="true">${new Markup(
    paths.join(''),
  )}</svg>`;
}
