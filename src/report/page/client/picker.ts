/**
 * The answer picker: shows the answers that are picked. A large run carries those of other sizes
 * compressed; they are unpacked when the page stands.
 */

import { unpackInto } from './packed.ts';

/** The first runtime that is offered stands for all of them. */
const everyRuntime = '0';

/** Makes the picker of the page work; a page without one stays as it is. */
export function startPicker(page: Document): void {
  const form = page.querySelector<HTMLFormElement>('#picker');
  if (!form) return;
  const [job, size, on] = ['job', 'size', 'on'].map((name) =>
    form.querySelector<HTMLSelectElement>(`#pick-${name}`)!
  ) as [HTMLSelectElement, HTMLSelectElement, HTMLSelectElement];
  const read = () => [...page.querySelectorAll<HTMLElement>('#picked article')];
  let articles = read();
  const isOf = (article: HTMLElement, name: string, select: HTMLSelectElement) =>
    article.dataset[name] === select.value || (name === 'on' && select.value === everyRuntime);

  /** Offers only what there is for the values picked before it, and keeps what still fits. */
  const offer = (select: HTMLSelectElement, name: string, fitting: readonly HTMLElement[]) => {
    for (const option of select.options) {
      const isThere = (name === 'on' && option.value === everyRuntime) ||
        fitting.some((article) => article.dataset[name] === option.value);
      option.hidden = option.disabled = !isThere;
    }
    if (select.selectedOptions[0]?.disabled) {
      select.value = [...select.options].find((option) => !option.disabled)?.value ?? '';
    }
  };

  const show = () => {
    const isWhole = page.querySelector('#picked-rest') === null;
    const ofJob = articles.filter((article) => isOf(article, 'job', job));
    if (isWhole) offer(size, 'size', ofJob);
    const ofSize = ofJob.filter((article) => isOf(article, 'size', size));
    if (isWhole) offer(on, 'on', ofSize);
    for (const article of articles) {
      article.hidden = !ofSize.includes(article) || !isOf(article, 'on', on);
    }
  };

  const complete = async () => {
    await unpackInto(page, 'picked');
    articles = read();
    show();
  };

  form.addEventListener('input', () => void complete());
  form.addEventListener('submit', (event) => event.preventDefault());
  addEventListener('pageshow', () => setTimeout(complete));
  show();
}
