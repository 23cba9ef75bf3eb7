/** What the page carries compressed. */

/** The text of an element, unpacked from gzip in base64. */
export function unpackedText(page: Document, id: string): Promise<string> {
  const packed = atob(page.querySelector(`#${id}`)!.textContent ?? '');
  const bytes = Uint8Array.from(packed, (character) => character.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
  return new Response(stream).text();
}

interface Policy {
  createHTML(text: string): string;
}

/**
 * The lines of the table that are packed. They were escaped when the page was made, as the others;
 * the page's policy lets only this name make elements out of text.
 */
export async function packedRows(page: Document): Promise<DocumentFragment> {
  const text = await unpackedText(page, 'rest');
  const { trustedTypes } = globalThis as unknown as {
    trustedTypes?: { createPolicy(name: string, rules: Policy): Policy };
  };
  const rules: Policy = { createHTML: (html) => html };
  const policy = trustedTypes?.createPolicy('rows', rules) ?? rules;
  const template = page.createElement('template');
  template.innerHTML = policy.createHTML(`<table>${text}</table>`);
  const parts = page.createDocumentFragment();
  parts.append(...template.content.querySelectorAll('tbody'));
  return parts;
}
