/**
 * The marks of figures can be reached by the keyboard: one stop for all, arrows go from one to the
 * next, so that a long table is not a thousand stops.
 */

/** Makes the marks of a table reachable. */
export function startMarks(table: HTMLTableElement): void {
  const marks = [...table.querySelectorAll<HTMLElement>('.q')];
  for (const [index, mark] of marks.entries()) mark.tabIndex = index === 0 ? 0 : -1;
  table.onkeydown = (event) => {
    const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
    const place = marks.indexOf(event.target as HTMLElement);
    if (step === undefined || place < 0) return;
    event.preventDefault();
    const shown = marks.filter((mark) => mark.offsetParent !== null);
    const next = shown[shown.indexOf(marks[place]!) + step];
    if (!next) return;
    marks[place]!.tabIndex = -1;
    next.tabIndex = 0;
    next.focus();
  };
}
