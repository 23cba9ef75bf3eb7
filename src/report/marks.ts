/** Replaces what stands between two marks of a README, and nothing else. */
import { InputError } from '../results/input_error.ts';

/** The formatter would lay tables out in its own way, which is not what is compared. */
const unformatted = ['<!-- deno-fmt-ignore-start -->', '<!-- deno-fmt-ignore-end -->'] as const;

/**
 * A README with fresh text between `<!-- NAME:start WORDS -->` and `<!-- NAME:end -->`, which
 * stand on lines of their own, once at the most. `make` gives the text for the words. A README
 * without the marks stays as it is. Throws InputError where one mark is missing.
 */
export function freshBetween(
  readme: string,
  name: string,
  make: (words: string) => string,
): string {
  const lines = readme.split('\n');
  const startForm = new RegExp(`^<!-- ${name}:start(?: (.*?))? -->$`);
  const start = lines.findIndex((line) => startForm.test(line));
  const end = lines.indexOf(`<!-- ${name}:end -->`);
  if (start < 0 && end < 0) return readme;
  if (start < 0 || end < start) {
    throw new InputError(
      `README.md must have <!-- ${name}:start --> on a line before <!-- ${name}:end -->.`,
    );
  }
  const text = make(startForm.exec(lines[start]!)![1] ?? '');
  const fresh = ['', unformatted[0], '', ...text.trimEnd().split('\n'), '', unformatted[1], ''];
  return [...lines.slice(0, start + 1), ...fresh, ...lines.slice(end)].join('\n');
}
