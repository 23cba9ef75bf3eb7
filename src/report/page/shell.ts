/**
 * What every page has around its content: a policy that lets it ask for nothing, its style, its
 * script, and links to its sections.
 */
import { clientScript } from './client_script.ts';
import { Markup, markup } from './markup.ts';
import { pageStyle } from './style.ts';

/** The content of a page. */
export interface PageContent {
  readonly title: string;
  readonly header: Markup;
  readonly sections: readonly (readonly [id: string, title: string, content: Markup])[];
  /** Blocks that nothing waits for. */
  readonly after: Markup;
  /** Version of the tool that measured. */
  readonly generator?: string;
}

/** The page as one HTML file. */
export async function shellPage(
  { title, header, sections, after, generator }: PageContent,
): Promise<string> {
  const page = markup`<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${new Markup(await policy())}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer"><meta name="color-scheme" content="light dark">
<meta name="generator" content="${['ffi-bench', generator].join(' ').trim()}">
<link rel="icon" href="data:,"><title>${title}</title>
<style>${new Markup(pageStyle)}</style></head><body>
${header}
<nav aria-label="Sections"><ul>${
    sections.map(([id, name]) => markup`<li><a href="#${id}">${name}</a></li>`)
  }</ul></nav>
<main>${
    sections.map(([id, name, content]) =>
      markup`<section id="${id}"><h2>${name}</h2>${content}</section>\n`
    )
  }</main>
<script>${new Markup(clientScript)}</script>
${after}</body></html>
`;
  return page.html;
}

/** Nothing may be loaded, sent or framed; one script and one style may run. */
async function policy(): Promise<string> {
  return [
    "default-src 'none'",
    `script-src 'sha256-${await hashOf(clientScript)}'`,
    `style-src 'sha256-${await hashOf(pageStyle)}'`,
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
    'trusted-types rows',
  ].join('; ');
}

async function hashOf(text: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return btoa(String.fromCharCode(...new Uint8Array(digest)));
}
