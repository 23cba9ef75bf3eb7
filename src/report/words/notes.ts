/** Why cells have no figure, as a list under a table: each reason once, with its cells. */
import { plainText } from '../plain_text.ts';

/** A reason, and the cells that it holds for. */
export interface Note {
  readonly text: string;
  /** As `list_sum.refill[1000] deno.plain`. */
  readonly cells: readonly string[];
}

/** Collects reasons while cells are made. */
export class NoteList {
  readonly #cells = new Map<string, string[]>();

  /** Adds a cell to a reason. */
  add(text: string, cell: string): void {
    const plain = sentence(text);
    this.#cells.set(plain, [...this.#cells.get(plain) ?? [], cell]);
  }

  /** All reasons in the order in which they were added. */
  list(): Note[] {
    return [...this.#cells].map(([text, cells]) => ({ text, cells }));
  }
}

/** Most cells that a note lists. */
const mostCells = 3;

/** A reason with its first cells: `– bun:ffi takes no struct by value. (struct.by_value)`. */
export function noteText({ text, cells }: Note): string {
  const more = cells.length > mostCells ? ` and ${cells.length - mostCells} more` : '';
  return plainText(`– ${text} (${cells.slice(0, mostCells).join(', ')}${more})`);
}

/** Text as a sentence: with a capital letter and a full stop. */
export function sentence(text: string): string {
  const plain = plainText(text);
  // A name of code keeps its spelling: "cc() is not there", "node:ffi lacks it".
  const isWord = /^[\p{L}'-]+(?:[,.]? |[.]?$)/u.test(plain);
  const capital = isWord ? plain.charAt(0).toUpperCase() + plain.slice(1) : plain;
  return /[.!?]$/.test(capital) ? capital : `${capital}.`;
}
