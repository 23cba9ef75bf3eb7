/** Mach-O, the format of macOS: the header of each architecture, and the symbol table of one. */
import { type Binary, textAt } from './binary_format.ts';

const magic64 = 0xfeedfacf;
/** Several architectures in one file; its own fields are big-endian. */
const magicFat = 0xcafebabe;
const archs: Readonly<Record<number, string>> = {
  ...{ 0x00000007: 'ia32', 0x01000007: 'x64', 0x0000000c: 'arm', 0x0100000c: 'arm64' },
};
const typeLibrary = 6;
const typeBundle = 8;
const headerBytes = 32;
const commandSymbols = 2;
const symbolBytes = 16;
/** More slices than any library has; a Java class file begins with the same number. */
const mostSlices = 16;

/** What a Mach-O file says of itself, its functions those for `arch`; null where it is none. */
export function readMachO(view: DataView, arch: string): Binary | null {
  if (view.byteLength < headerBytes) return null;
  if (view.getUint32(0, true) === magic64) return readSlice(view);
  const count = view.getUint32(4);
  if (view.getUint32(0) !== magicFat || count > mostSlices) return null;
  const slices = Array.from({ length: count }, (_, i) => {
    const at = 8 + i * 20;
    const from = view.byteOffset + view.getUint32(at + 8);
    return readSlice(new DataView(view.buffer, from, view.getUint32(at + 12)));
  });
  const fitting = slices.find((slice) => slice.archs.includes(arch)) ?? slices[0];
  if (fitting === undefined) return null;
  return { ...fitting, archs: slices.flatMap((slice) => slice.archs) };
}

function readSlice(view: DataView): Binary {
  const cpu = view.getUint32(4, true);
  const type = view.getUint32(12, true);
  return {
    format: 'Mach-O',
    archs: [archs[cpu] ?? `machine ${cpu}`],
    isLibrary: type === typeLibrary || type === typeBundle,
    functions: functionsOf(view),
  };
}

function functionsOf(view: DataView): string[] | null {
  const commands = view.getUint32(16, true);
  let at = headerBytes;
  for (let i = 0; i < commands; i++) {
    if (view.getUint32(at, true) === commandSymbols) return namesOf(view, at);
    at += view.getUint32(at + 4, true);
  }
  return null;
}

/** Symbols that are external and lie in a section; C's names have a `_` before them. */
function namesOf(view: DataView, command: number): string[] {
  const [symbols, count, names] = [8, 12, 16].map((field) => view.getUint32(command + field, true));
  const found: string[] = [];
  for (let i = 0; i < count!; i++) {
    const at = symbols! + i * symbolBytes;
    const type = view.getUint8(at + 4);
    const isExported = (type & 0xe0) === 0 && (type & 0x0e) === 0x0e && (type & 1) === 1;
    if (isExported) found.push(textAt(view, names! + view.getUint32(at, true)).replace(/^_/, ''));
  }
  return [...new Set(found)];
}
