/**
 * What a statement of SQLite costs through FFI: handles that are made first, and several crossings
 * in what is timed, which no prototype can say.
 *
 *     ffi-bench call --file examples/sqlite.ts
 *
 * Outside of this repository the first import reads: import { foreign, … } from 'ffi-bench';
 */
import { type Check, foreign, type OpenLane, type Pointer } from '../src/call/api.ts';

const library = 'libsqlite3.so.0';
const ok = 0;
const row = 100;

/** A slot that SQLite writes an address to. */
const slot = { buffer: 'u64', mutable: true } as const;
const bytes = { buffer: 'u8' } as const;

const functions = {
  sqlite3_open: { args: [bytes, slot], result: 'i32' },
  sqlite3_close: { args: ['pointer'], result: 'i32' },
  sqlite3_prepare_v2: { args: ['pointer', bytes, 'i32', slot, 'pointer'], result: 'i32' },
  sqlite3_step: { args: ['pointer'], result: 'i32' },
  sqlite3_reset: { args: ['pointer'], result: 'i32' },
  sqlite3_column_int: { args: ['pointer', 'i32'], result: 'i32' },
  sqlite3_finalize: { args: ['pointer'], result: 'i32' },
} as const;

/** A text as C wants it. */
const text = (value: string) => new TextEncoder().encode(`${value}\0`);

const select = text('SELECT 6 * 7');

type Bound = Parameters<Parameters<typeof foreign<typeof functions>>[0]['prepare']>[1];

/** An empty database in memory. */
function openDatabase(lane: OpenLane, { sqlite3_open: open }: Bound): Pointer {
  const at = new BigUint64Array(1);
  if (open(text(':memory:'), at) !== ok) throw new Error('SQLite opened no database in memory.');
  return lane.pointerAt(at[0]!)!;
}

/** Makes statements of one database. */
function preparing(lane: OpenLane, { sqlite3_prepare_v2: prepare }: Bound, database: Pointer) {
  const at = new BigUint64Array(1);
  return () => {
    if (prepare(database, select, -1, at, null) !== ok) throw new Error('It was not prepared.');
    return lane.pointerAt(at[0]!)!;
  };
}

const step = foreign({
  name: 'sqlite3.step',
  library,
  isolates: 'one row of a prepared statement: step, read an integer, reset',
  timed: 'step(statement); last = column_int(statement, 0); reset(statement)',
  functions,
  prepare(lane, bound) {
    const { sqlite3_step, sqlite3_column_int, sqlite3_reset } = bound;
    const database = openDatabase(lane, bound);
    const statement = preparing(lane, bound, database)();
    let last = 0;
    return {
      body() {
        sqlite3_step(statement);
        last = sqlite3_column_int(statement, 0);
        sqlite3_reset(statement);
      },
      crossings: 3,
      check: (): Check[] => [
        { what: 'step', got: sqlite3_step(statement), want: row },
        { what: 'column_int', got: sqlite3_column_int(statement, 0), want: 42 },
        { what: 'reset', got: sqlite3_reset(statement), want: ok },
      ],
      after: () => [{ what: 'the last row', got: last, want: 42 }],
      close() {
        bound.sqlite3_finalize(statement);
        bound.sqlite3_close(database);
      },
    };
  },
});

const statement = foreign({
  name: 'sqlite3.prepare_step_finalize',
  library,
  isolates: 'a statement from its text to its end, beside foreign.sqlite3.step, which keeps it',
  timed: 's = prepare(database, sql); step(s); last = column_int(s, 0); finalize(s)',
  functions,
  prepare(lane, bound) {
    const { sqlite3_step, sqlite3_column_int, sqlite3_finalize } = bound;
    const database = openDatabase(lane, bound);
    const prepare = preparing(lane, bound, database);
    let last = 0;
    const run = () => {
      const made = prepare();
      sqlite3_step(made);
      last = sqlite3_column_int(made, 0);
      return sqlite3_finalize(made);
    };
    return {
      body: run,
      crossings: 4,
      check: () => [
        { what: 'finalize', got: run(), want: ok },
        { what: 'the row', got: last, want: 42 },
      ],
      after: () => [{ what: 'the last row', got: last, want: 42 }],
      close: () => void bound.sqlite3_close(database),
    };
  },
});

export default [step, statement];
