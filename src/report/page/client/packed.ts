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

let policy: Policy | null = null;

/** The page's policy lets only this name make elements out of text, and only once. */
function rowsPolicy(): Policy {
  const { trustedTypes } = globalThis as unknown as {
    trustedTypes?: { createPolicy(name: string, rules: Policy): Policy };
  };
  const rules: Policy = { createHTML: (html) => html };
  return policy ??= trustedTypes?.createPolicy('rows', rules) ?? rules;
}

/**
 * Elements out of text that was escaped when the page was made, as the rest of it. Bodies of a
 * table are elements of their own only inside of one.
 */
export function elementsOf(page: Document, text: string, inTable: boolean): DocumentFragment {
  const template = page.createElement('template');
  template.innerHTML = rowsPolicy().createHTML(inTable ? `<table>${text}</table>` : text);
  const parts = page.createDocumentFragment();
  const { content } = template;
  parts.append(...(inTable ? content.firstElementChild! : content).children);
  return parts;
}

/** Puts a part that is carried compressed at the end of the element that it belongs into, once. */
export async function unpackInto(page: Document, id: string): Promise<void> {
  const packed = page.querySelector(`#${id}-rest`);
  const target = page.querySelector(`#${id}`);
  if (!packed || !target) return;
  const text = await unpackedText(page, packed.id);
  if (!packed.isConnected) return;
  target.append(elementsOf(page, text, target.tagName === 'TABLE'));
  packed.remove();
  page.querySelector(`[data-more=${id}]`)?.parentElement?.remove();
}

/** Makes the buttons of parts put them into the page. */
export function startParts(page: Document): void {
  for (const button of page.querySelectorAll<HTMLButtonElement>('[data-more]')) {
    button.addEventListener('click', () => void unpackInto(page, button.dataset.more!));
  }
}
