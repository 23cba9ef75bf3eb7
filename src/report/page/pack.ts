/**
 * A document packed so that it compresses well: its long lists as columns instead of records, and
 * series of figures as differences of whole numbers. Nothing is lost: unpacking gives the very text
 * that was written.
 */
import type { Document } from '../../results/schema.ts';

type Json = null | undefined | boolean | number | string | readonly Json[] | Fields;
interface Fields {
  readonly [key: string]: Json;
}

/** One field of all records that have it. */
export interface Column {
  readonly path: readonly string[];
  /**
   * A list stands as -1 and its items; or, where it is a series of at least three figures, as its
   * decimals, the first figure and differences, all times ten to the power of the decimals.
   */
  readonly values: readonly Json[];
}

/** A list of records. */
export interface PackedList {
  /** Where in the document it belongs. */
  readonly path: readonly string[];
  readonly columns: readonly Column[];
  /** Each distinct sequence of fields, as places of columns. */
  readonly shapes: readonly (readonly number[])[];
  /** Which shape each record has. */
  readonly shapeOf: readonly number[];
}

/** A document whose lists of records were taken out; empty lists stand in their places. */
export interface Packed {
  readonly rest: Fields;
  readonly lists: readonly PackedList[];
}

/** Shorter series are stored as they are. */
const leastSeries = 3;
/** Decimals up to which a series is tried as whole numbers. */
const mostDecimals = 9;

/** Packs a document. */
export function packDocument(document: Document): Packed {
  const lists: PackedList[] = [];
  const rest = withoutLists(document as unknown as Fields, [], lists);
  return { rest, lists };
}

function withoutLists(record: Fields, above: readonly string[], lists: PackedList[]): Fields {
  return Object.fromEntries(
    Object.entries(record).map(([name, value]): [string, Json] => {
      const path = [...above, name];
      if (isRecords(value)) {
        lists.push(packList(path, value));
        return [name, []];
      }
      return [
        name,
        above.length === 0 && isRecord(value) ? withoutLists(value, path, lists) : value,
      ];
    }),
  );
}

/** A name in records of a list: a column where it holds values, a branch where it holds fields. */
interface Branch {
  readonly below: Map<string, Branch>;
  index: number | null;
}

function packList(path: readonly string[], records: readonly Fields[]): PackedList {
  const columns: { path: readonly string[]; values: Json[] }[] = [];
  const trunk: Branch = { below: new Map(), index: null };
  const shapes = new Map<string, number>();

  const add = (record: Fields, { below }: Branch, above: readonly string[], shape: number[]) => {
    for (const name of Object.keys(record)) {
      const value = record[name];
      if (value === undefined) continue;
      const branch = below.get(name) ?? { below: new Map(), index: null };
      below.set(name, branch);
      if (isRecord(value)) {
        add(value, branch, [...above, name], shape);
        continue;
      }
      if (branch.index === null) {
        branch.index = columns.length;
        columns.push({ path: [...above, name], values: [] });
      }
      columns[branch.index]!.values.push(Array.isArray(value) ? packSeries(value) : value);
      shape.push(branch.index);
    }
    return shape;
  };

  const shapeOf = records.map((record) => {
    const key = add(record, trunk, [], []).join(',');
    const known = shapes.get(key) ?? shapes.size;
    shapes.set(key, known);
    return known;
  });
  return {
    path,
    columns,
    shapes: [...shapes.keys()].map((key) => key === '' ? [] : key.split(',').map(Number)),
    shapeOf,
  };
}

function packSeries(series: readonly Json[]): Json {
  const asItIs: Json = [-1, ...series];
  if (series.length < leastSeries || !series.every(isNumber)) return asItIs;
  let decimals = 0;
  for (const value of series) decimals = Math.max(decimals, decimalsOf(value));
  if (decimals > mostDecimals) return asItIs;
  const scale = 10 ** decimals;
  const packed = [decimals];
  let before = 0;
  for (const value of series) {
    const whole = Math.round(value * scale);
    if (!Number.isSafeInteger(whole) || !Object.is(whole / scale, value)) return asItIs;
    packed.push(whole - before);
    before = whole;
  }
  return packed;
}

function isNumber(value: Json): value is number {
  return typeof value === 'number';
}

function decimalsOf(value: number): number {
  if (Number.isInteger(value)) return 0;
  const text = String(value);
  if (text.includes('e')) return Infinity;
  return text.length - 1 - text.indexOf('.');
}

/** A record with fields; an empty one is kept as a value. */
function isRecord(value: Json): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) &&
    Object.keys(value).length > 0;
}

function isRecords(value: Json): value is readonly Fields[] {
  return Array.isArray(value) && value.length > 0 && value.every(isRecord);
}
