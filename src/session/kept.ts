/** The launches of a run that its rows still need, without what only the document keeps. */
import type { LaunchLine } from '../results/schema.ts';

/** Launch lines by the name of their case; bounded by forgetting the rows that are done. */
export class KeptLines {
  readonly #byName = new Map<string, LaunchLine[]>();

  /** Keeps a line without its trace and its stderr: the journal has them. */
  add({ stderr_tail: _, ...line }: LaunchLine): void {
    const measured = line.measured && { ...line.measured, trace_ns: [] };
    const own = this.#byName.get(line.case);
    if (own === undefined) this.#byName.set(line.case, [{ ...line, measured }]);
    else own.push({ ...line, measured });
  }

  of(name: string): readonly LaunchLine[] {
    return this.#byName.get(name) ?? [];
  }

  forget(name: string): void {
    this.#byName.delete(name);
  }
}
