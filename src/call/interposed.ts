/**
 * Finds which functions that a library calls the runtime's own program exports too: the loader
 * takes the program's first, so that the library would run another's code under its own name.
 */
import { closeSync, openSync, readSync } from 'node:fs';

/** Sections of an ELF file that hold what is looked for. */
const sectionTypes = { relocations: 4, dynamicSymbols: 11 } as const;
const symbolBytes = 24;
const relocationBytes = 24;
/** Largest section that is read, in bytes. */
const largestSection = 2 ** 28;

interface Section {
  readonly type: number;
  readonly offset: number;
  readonly size: number;
  readonly link: number;
}

/** A 64-bit, little-endian ELF file, read section by section: programs have over 100 MB. */
class ElfFile {
  readonly #file: number;
  readonly sections: readonly Section[];

  constructor(path: string) {
    this.#file = openSync(path, 'r');
    const head = this.#read(0, 64);
    const isElf = head.getUint32(0) === 0x7f454c46 && head.getUint16(4) === 0x0201;
    this.sections = isElf ? this.#sections(head) : [];
  }

  #read(offset: number, size: number): DataView {
    const bytes = new Uint8Array(Math.min(size, largestSection));
    let at = 0;
    while (at < bytes.length) {
      const count = readSync(this.#file, bytes, at, bytes.length - at, offset + at);
      if (count === 0) break;
      at += count;
    }
    return new DataView(bytes.buffer);
  }

  #sections(head: DataView): Section[] {
    const [bytes, count] = [head.getUint16(0x3a, true), head.getUint16(0x3c, true)];
    const table = this.#read(Number(head.getBigUint64(0x28, true)), bytes * count);
    return Array.from({ length: count }, (_, i) => ({
      type: table.getUint32(i * bytes + 4, true),
      offset: Number(table.getBigUint64(i * bytes + 0x18, true)),
      size: Number(table.getBigUint64(i * bytes + 0x20, true)),
      link: table.getUint32(i * bytes + 0x28, true),
    }));
  }

  content({ offset, size }: Section): DataView {
    return this.#read(offset, size);
  }

  close(): void {
    closeSync(this.#file);
  }
}

/** Dynamic symbols by their number. */
interface Symbols {
  readonly names: readonly string[];
  readonly isFunction: readonly boolean[];
  readonly isDefined: readonly boolean[];
}

function symbolsOf(elf: ElfFile): Symbols | null {
  const table = elf.sections.find(({ type }) => type === sectionTypes.dynamicSymbols);
  const strings = table && elf.sections[table.link];
  if (table === undefined || strings === undefined) return null;
  const view = elf.content(table);
  const texts = new TextDecoder('latin1').decode(elf.content(strings));
  const count = Math.floor(view.byteLength / symbolBytes);
  const at = Array.from({ length: count }, (_, i) => i * symbolBytes);
  return {
    names: at.map((place) => {
      const from = view.getUint32(place, true);
      return texts.slice(from, texts.indexOf('\0', from));
    }),
    isFunction: at.map((place) => [0, 2, 10].includes(view.getUint8(place + 4) & 15)),
    isDefined: at.map((place) => view.getUint16(place + 6, true) !== 0),
  };
}

/** Functions that a library finds by their names when it is loaded, its own among them. */
function calledByName(path: string): Set<string> {
  const elf = new ElfFile(path);
  try {
    const symbols = symbolsOf(elf);
    if (symbols === null) return new Set();
    const called = new Set<string>();
    for (const section of elf.sections) {
      if (section.type !== sectionTypes.relocations) continue;
      const view = elf.content(section);
      for (let at = 0; at + relocationBytes <= view.byteLength; at += relocationBytes) {
        const number = view.getUint32(at + 12, true);
        if (number !== 0 && symbols.isFunction[number]) called.add(symbols.names[number]!);
      }
    }
    return called;
  } finally {
    elf.close();
  }
}

/** Functions that a program exports. */
function exportedBy(path: string): Set<string> {
  const elf = new ElfFile(path);
  try {
    const symbols = symbolsOf(elf);
    if (symbols === null) return new Set();
    return new Set(symbols.names.filter((_, i) => symbols.isFunction[i] && symbols.isDefined[i]));
  } finally {
    elf.close();
  }
}

/** Names that every program exports, or that are the C++ runtime's, which is shared on purpose. */
const shared = /^(_|$)/;

/** The functions that a library calls by name and a program exports too, sorted. */
export function interposedBy(library: string, program: string): string[] {
  const called = calledByName(library);
  if (called.size === 0) return [];
  const exported = exportedBy(program);
  return [...called].filter((name) => exported.has(name) && !shared.test(name)).sort();
}

/** Most names that are listed. */
const mostNames = 6;

/** A sentence on functions that a runtime has copies of; `isBoundLocally` where that is undone. */
export function sayInterposed(
  runtime: string,
  library: string,
  names: readonly string[],
  isBoundLocally: boolean,
): string {
  const rest = names.length - mostNames;
  const listed = names.slice(0, mostNames).join(', ') + (rest > 0 ? ` and ${rest} more` : '');
  const said = `${runtime} has its own copies of ${names.length} functions that ${library} calls ` +
    `by name (${listed}).`;
  return isBoundLocally
    ? `${said} They are bound to the library's here (RTLD_DEEPBIND), as no program does by itself.`
    : `${said} The loader takes the copies: its lanes time them in part.`;
}
