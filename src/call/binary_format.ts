/** What the readers of the formats of machine code share. */

/** What a file of machine code says of itself. */
export interface Binary {
  readonly format: 'ELF' | 'Mach-O' | 'PE';
  /** Architectures that it holds code for, as Node calls them, or the number of others. */
  readonly archs: readonly string[];
  /** Whether it is a shared library, and not a program or an object file. */
  readonly isLibrary: boolean;
  /** Exported functions; null where the file does not list them. */
  readonly functions: readonly string[] | null;
}

/** The text at a place up to its NUL. */
export function textAt(view: DataView, from: number): string {
  let to = from;
  while (to < view.byteLength && view.getUint8(to) !== 0) to++;
  const bytes = new Uint8Array(view.buffer, view.byteOffset + from, Math.max(0, to - from));
  return new TextDecoder().decode(bytes);
}
