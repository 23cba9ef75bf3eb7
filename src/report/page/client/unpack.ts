/**
 * Makes the text of a document out of its packed form: the inverse of packDocument, and the same
 * text that `run` wrote.
 */

type Fields = Record<string, unknown>;

interface PackedList {
  readonly path: readonly string[];
  readonly columns: readonly { readonly path: readonly string[]; readonly values: unknown[] }[];
  readonly shapes: readonly (readonly number[])[];
  readonly shapeOf: readonly number[];
}

/** A packed document, as parsed. */
export interface PackedDocument {
  readonly rest: Fields;
  readonly lists: readonly PackedList[];
}

/** The document; the packed one is used up. */
export function unpack({ rest, lists }: PackedDocument): Fields {
  for (const list of lists) put(rest, list.path, records(list));
  return rest;
}

function records({ columns, shapes, shapeOf }: PackedList): Fields[] {
  const next = columns.map(() => 0);
  return shapeOf.map((shape) => {
    const record: Fields = {};
    for (const index of shapes[shape]!) {
      const { path, values } = columns[index]!;
      put(record, path, unpackSeries(values[next[index]!++]));
    }
    return record;
  });
}

function put(record: Fields, path: readonly string[], value: unknown): void {
  let target = record;
  for (const name of path.slice(0, -1)) target = (target[name] ??= {}) as Fields;
  target[path.at(-1)!] = value;
}

function unpackSeries(value: unknown): unknown {
  if (!Array.isArray(value)) return value;
  const [decimals, ...series] = value as number[];
  if (decimals === -1) return series;
  const scale = 10 ** decimals!;
  let sum = 0;
  return series.map((difference) => (sum += difference) / scale);
}

/** JSON with one launch, case or figure per line, as a document is written. */
export function documentText(value: unknown): string {
  return `${written(value, 2, '')}\n`;
}

function written(value: unknown, depth: number, indent: string): string {
  const inner = `${indent}  `;
  if (Array.isArray(value) && value.length > 0 && depth < 2) {
    return `[${value.map((item) => `\n${inner}${JSON.stringify(item)}`).join(',')}\n${indent}]`;
  }
  if (depth === 0 || typeof value !== 'object' || value === null || Array.isArray(value)) {
    return JSON.stringify(value);
  }
  const fields = Object.entries(value).map(([name, field]) =>
    `\n${inner}${JSON.stringify(name)}: ${written(field, depth - 1, inner)}`
  );
  return `{${fields.length > 0 ? fields.join(',') : '\n'}\n${indent}}`;
}
