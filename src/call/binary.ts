/** Reads what a shared library is and exports, from its file: ELF, Mach-O or PE. */
import type { Binary } from './binary_format.ts';
import { readElf } from './binary_elf.ts';
import { readMachO } from './binary_mach_o.ts';
import { readPe } from './binary_pe.ts';

/** What a file is; null where it is no machine code. Throws RangeError where it is cut off. */
export function readBinary(bytes: Uint8Array, arch: string): Binary | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return readElf(view) ?? readMachO(view, arch) ?? readPe(view);
}
