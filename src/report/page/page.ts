/**
 * A document as one HTML file that stands alone: it asks nothing of the network, carries the whole
 * document, and says in its policy which script and which style may run, by their hashes.
 */
import type { Document } from '../../results/schema.ts';
import { formatCount } from '../words/numbers.ts';
import { legendLines } from '../words/legend.ts';
import { reportModel } from '../model.ts';
import { absentSection } from './absent.ts';
import { breakEvenSection } from './break_even.ts';
import { casesTable, qualityLegend } from './cases_table.ts';
import { answersSection, recommendationsSection } from './conclusions.ts';
import { emptyTexts, headlineText, stripLegend } from '../words/page.ts';
import { costPartsSection } from './cost_parts.ts';
import { headline } from './headline.ts';
import { Markup, markup } from './markup.ts';
import { pricesSection } from './prices.ts';
import { provenanceSection, repeatCommand } from './provenance.ts';
import { shellPage } from './shell.ts';

/** The document as the page carries it. */
export interface EmbeddedDocument {
  /** The packed document as JSON, compressed by gzip, in base64. */
  readonly base64: string;
  /** Name under which it is downloaded. */
  readonly fileName: string;
}

/** The page of a document; `embedded` is what its download button offers, null for none. */
export async function renderPage(
  document: Document,
  embedded: EmbeddedDocument | null,
): Promise<string> {
  const model = reportModel(document);
  const sections: readonly (readonly [string, string, Markup])[] = [
    [
      'comparison',
      'Comparison',
      markup`${qualityLegend()}${await casesTable(
        document,
        model,
      )}<details><summary>How to read this table</summary>
<ul class="how"><li>${stripLegend}</li>${
        legendLines(model).map((line) => markup`<li>${line}</li>`)
      }</ul></details>`,
    ],
    ['do', 'What to do', recommendationsSection(document)],
    ['answers', 'Answers', answersSection(document)],
    ['break-even', 'When going native pays', await breakEvenSection(document)],
    ['parts', 'Where the cost sits', await costPartsSection(document)],
    ['prices', 'Price list', await pricesSection(document)],
    ['absent', 'Not measured', absentSection(document)],
    ['provenance', 'Provenance', provenanceSection(document)],
    ['repeat', 'Repeat and check', repeatSection(document, embedded)],
  ];
  return shellPage({
    title: headlineText(document),
    header: await headline(document),
    sections,
    after: embeddedBlock(embedded),
    generator: document.provenance.tool.version,
  });
}

function repeatSection(document: Document, embedded: EmbeddedDocument | null): Markup {
  const command = repeatCommand(document, 'checkout');
  const { commit } = document.provenance.tool;
  const at = commit === null ? '' : markup` at commit <code>${commit}</code>`;
  return markup`${
    command === null
      ? markup`<p class="dim">${emptyTexts.command}</p>`
      : markup`<p>In a checkout of ffi-bench${at}:</p>
<div class="command"><pre id="command" tabindex="0">${command}</pre>
<button type="button" id="copy">Copy the command</button>
<span id="copied" role="status"></span></div>
<p>Without a checkout: <code>${repeatCommand(document, 'installed')}</code></p>`
  }${
    embedded && embedded.base64.length > mostEmbedded
      ? markup`<p class="dim">The document, ${embedded.fileName}, is too large to stand in this
page. Every figure here follows from its ${formatCount(document.raw.launches.length)} launches
(ffi-bench report --check).</p>`
      : embedded
      ? markup`<p><button type="button" id="download" data-name="${embedded.fileName}">
Download the document</button> <span class="dim" id="downloaded" role="status">with all
${formatCount(document.raw.launches.length)} launches; every figure on this page follows from them
(ffi-bench report --check).</span></p>`
      : ''
  }`;
}

/** Characters of the largest document that the page carries, so that it stays under 3 MB. */
const mostEmbedded = 2_600_000;

/** The last of the page, so that nothing waits for it. */
function embeddedBlock(embedded: EmbeddedDocument | null): Markup {
  if (!embedded || embedded.base64.length > mostEmbedded) return new Markup('');
  if (!/^[A-Za-z0-9+/=]*$/.test(embedded.base64)) {
    throw new RangeError('The embedded document is not in base64.');
  }
  return new Markup(`<script type="text/plain" id="document">${embedded.base64}</script>\n`);
}
