/** Replaces what stands between two marks of a README, and nothing else. */
import { InputError } from '../results/input_error.ts';

/** The formatter would lay tables out in its own way, which is not what is compared. */
const unformatted = ['<!-- deno-fmt-ignore-start -->', '<!-- deno-fmt-ignore-end -->'] as const;

/**
 * A page with fresh text between each `<!-- NAME:start WORDS -->` and the `<!-- NAME:end -->` that
 * follows, which stand on lines of their own. `make` gives the text for the words. A page without
 * the marks stays as it is. Throws InputError where one mark is missing.
 */
export function freshBetween(
  page: string,
  name: string,
  make: (words: string) => string,
): string {
  const startForm = new RegExp(`^<!-- ${name}:start(?: (.*?))? -->$`);
  const endMark = `<!-- ${name}:end -->`;
  const fresh: string[] = [];
  let isOpen = false;
  for (const line of page.split('\n')) {
    const words = startForm.exec(line);
    if (isOpen ? words !== null : line === endMark) throw unpaired(name);
    if (line === endMark) isOpen = false;
    if (isOpen) continue;
    fresh.push(line);
    if (words === null) continue;
    isOpen = true;
    const text = make(words[1] ?? '').trimEnd().split('\n');
    fresh.push('', unformatted[0], '', ...text, '', unformatted[1], '');
  }
  if (isOpen) throw unpaired(name);
  return fresh.join('\n');
}

function unpaired(name: string): InputError {
  return new InputError(
    `README.md must have <!-- ${name}:start --> on a line before each <!-- ${name}:end -->.`,
  );
}
