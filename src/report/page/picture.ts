/**
 * Pictures by Observable Plot, drawn without a browser: no styles of their own, which the page's
 * policy would refuse, and coordinates rounded, so that every engine draws the same.
 */
import * as Plot from './plot.ts';
import { parseHTML } from 'linkedom';
import { plainText } from '../plain_text.ts';
import { Markup, markup } from './markup.ts';

/** Decimals of a coordinate; engines differ in the last digits of a logarithm. */
const decimals = 1;
const geometry = /\b(d|transform|x|y|x1|x2|y1|y2|cx|cy|r|points)="([^"]*)"/g;

/** An SVG of the plot; `words` say what it shows to those who do not see it. */
export function picture(options: Plot.PlotOptions, words: string): Markup {
  const { document } = parseHTML('<!doctype html><html><body></body></html>');
  const svg = Plot.plot({ ...options, document: document as unknown as Document });
  for (const style of [...svg.querySelectorAll('style')]) style.remove();
  for (const styled of [svg, ...svg.querySelectorAll('[style]')]) styled.removeAttribute('style');
  for (const name of ['class', 'fill', 'font-family', 'width', 'height']) svg.removeAttribute(name);
  for (const part of svg.querySelectorAll('[aria-label]')) part.removeAttribute('aria-label');
  const drawn = svg.innerHTML.replace(
    geometry,
    (_, name: string, value: string) =>
      `${name}="${
        value.replace(/-?\d+\.\d+/g, (number) => String(Number(Number(number).toFixed(decimals))))
      }"`,
  );
  return markup`<svg class="plot" viewBox="${svg.getAttribute('viewBox') ?? ''}" width="${
    options.width ?? 640
  }" text-anchor="middle" font-size="11" role="img" aria-label="${words}">${new Markup(
    drawn,
  )}</svg>`;
}

/** A label for a picture: short, and without what steers text. */
export function label(text: string, longest = 40): string {
  const plain = plainText(text);
  return plain.length > longest ? `${plain.slice(0, longest - 1)}…` : plain;
}
