/**
 * The script of the page: sorting and filtering, copying the command, downloading the document. All
 * that it shows stands in the page already; without it the page can be read whole.
 */
import { startParts, unpackedText } from './packed.ts';
import { startPicker } from './picker.ts';
import { startTable } from './table.ts';
import { documentText, type PackedDocument, unpack } from './unpack.ts';

startPicker(document);
startTable(document);
startParts(document);
performance.mark('usable');

const copyButton = document.querySelector('#copy');
copyButton?.addEventListener('click', async () => {
  const command = document.querySelector('#command')!;
  const said = document.querySelector('#copied')!;
  try {
    await navigator.clipboard.writeText(command.textContent ?? '');
    said.textContent = 'Copied.';
  } catch {
    getSelection()?.selectAllChildren(command);
    said.textContent = 'Selected: press Ctrl+C or ⌘C.';
  }
});

const downloadButton = document.querySelector<HTMLButtonElement>('#download');
downloadButton?.addEventListener('click', async () => {
  const said = document.querySelector('#downloaded')!;
  downloadButton.disabled = true;
  try {
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob([await embeddedText()], { type: 'application/json' }));
    link.download = downloadButton.dataset.name ?? 'document.json';
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
    said.textContent = 'Handed to the browser.';
  } catch (error) {
    said.textContent = `This browser could not unpack it: ${error}`;
  }
  downloadButton.disabled = false;
});

/** The text of the document that the page carries. */
async function embeddedText(): Promise<string> {
  const packed = JSON.parse(await unpackedText(document, 'document')) as PackedDocument;
  return documentText(unpack(packed));
}
