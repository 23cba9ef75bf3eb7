/** The answer picker: shows the answers that are picked, of those that all stand in the page. */

/** The first runtime that is offered stands for all of them. */
const everyRuntime = '0';

/** Makes the picker of the page work; a page without one stays as it is. */
export function startPicker(page: Document): void {
  const form = page.querySelector<HTMLFormElement>('#picker');
  if (!form) return;
  const [job, size, on] = ['job', 'size', 'on'].map((name) =>
    form.querySelector<HTMLSelectElement>(`#pick-${name}`)!
  ) as [HTMLSelectElement, HTMLSelectElement, HTMLSelectElement];
  const articles = [...page.querySelectorAll<HTMLElement>('#picked article')];
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
    const ofJob = articles.filter((article) => isOf(article, 'job', job));
    offer(size, 'size', ofJob);
    const ofSize = ofJob.filter((article) => isOf(article, 'size', size));
    offer(on, 'on', ofSize);
    for (const article of articles) {
      article.hidden = !ofSize.includes(article) || !isOf(article, 'on', on);
    }
  };

  form.addEventListener('input', show);
  form.addEventListener('submit', (event) => event.preventDefault());
  addEventListener('pageshow', show);
  show();
}
