/**
 * The tables of a README, made from result documents: what stands between two marks is replaced by
 * sections of a document, so that no figure there is written by hand.
 *
 * A mark names a document under results/, and the sections of it, the table where it names none:
 *
 *     <!-- table:start linux-x64.json answers,prices -->
 *     <!-- table:end -->
 */
import { InputError } from '../results/input_error.ts';
import type { Document } from '../results/schema.ts';
import { renderSectionsMarkdown, type SectionName, sectionNames } from './sections.ts';

const startMark = /^<!-- table:start(?: (.*?))? -->$/;
const endMark = '<!-- table:end -->';

/** The formatter would lay tables out in its own way, which is not what is compared. */
const unformatted = ['<!-- deno-fmt-ignore-start -->', '<!-- deno-fmt-ignore-end -->'] as const;

/** Level of titles between marks, below those that the README has itself. */
const titleLevel = 4;

/** What a mark asks for. */
interface Wish {
  readonly file: string;
  readonly sections: readonly SectionName[];
}

/**
 * A README with fresh tables. `read` gives the document of a file name. Throws InputError where a
 * mark is not closed or asks for what is not there. A README without marks stays as it is.
 */
export function freshReadme(readme: string, read: (file: string) => Document): string {
  const lines = readme.split('\n');
  const fresh: string[] = [];
  for (let place = 0; place < lines.length; place++) {
    const line = lines[place]!;
    fresh.push(line);
    const found = startMark.exec(line);
    if (!found) {
      if (line === endMark) throw new InputError(`README line ${place + 1} ends no table.`);
      continue;
    }
    const { file, sections } = wishOf(found[1] ?? '', place + 1);
    const text = renderSectionsMarkdown(read(file), sections, { level: titleLevel });
    fresh.push(
      '',
      unformatted[0],
      '',
      ...text.trimEnd().split('\n'),
      '',
      unformatted[1],
      '',
      endMark,
    );
    place = endOf(lines, place);
  }
  return fresh.join('\n');
}

function endOf(lines: readonly string[], start: number): number {
  const end = lines.findIndex((line, place) =>
    place > start && (line === endMark || startMark.test(line))
  );
  if (lines[end] === endMark) return end;
  throw new InputError(`README line ${start + 1} starts a table that "${endMark}" does not end.`);
}

function wishOf(words: string, line: number): Wish {
  const [file = '', listed = 'table', ...more] = words.split(' ');
  if (!/^[\w-][\w.-]*\.json(\.gz)?$/.test(file) || more.length > 0) {
    throw new InputError(
      `README line ${line}: "${words}" is not a document under results/ and a list of ` +
        'sections, as "linux-x64.json answers,prices".',
    );
  }
  const sections = listed.split(',').map((word) => {
    const name = sectionNames.find((known) => known === word);
    if (name) return name;
    throw new InputError(
      `README line ${line}: there is no section "${word}"; there are ${sectionNames.join(', ')}.`,
    );
  });
  return { file, sections };
}
