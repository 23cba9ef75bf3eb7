/** ELF, the format of Linux and its kin: the header and the dynamic symbol table. */
import { type Binary, textAt } from './binary_format.ts';

const magic = 0x7f454c46;
const archs: Readonly<Record<number, string>> = {
  ...{ 3: 'ia32', 8: 'mips', 21: 'ppc64', 22: 's390x', 40: 'arm', 62: 'x64', 183: 'arm64' },
  ...{ 243: 'riscv64', 258: 'loong64' },
};
const typeShared = 3;
const sectionDynamicSymbols = 11;
const symbolFunction = 2;
/** A function that is chosen when it is loaded, as most of libm's are. */
const symbolIndirect = 10;
const undefinedSection = 0;

/** Where the fields lie in files of 64 bits and of 32. */
const layouts = {
  64: {
    ...{ sections: 0x28, sectionSize: 0x3a, sectionCount: 0x3c },
    ...{ offset: 0x18, size: 0x20, link: 0x28, symbolBytes: 24, info: 4, section: 6 },
  },
  32: {
    ...{ sections: 0x20, sectionSize: 0x2e, sectionCount: 0x30 },
    ...{ offset: 0x10, size: 0x14, link: 0x18, symbolBytes: 16, info: 12, section: 14 },
  },
} as const;

/** What an ELF file says of itself; null where it is none. */
export function readElf(view: DataView): Binary | null {
  if (view.byteLength < 52 || view.getUint32(0) !== magic) return null;
  const bits = view.getUint8(4) === 2 ? 64 : 32;
  const isLittle = view.getUint8(5) === 1;
  const machine = view.getUint16(18, isLittle);
  return {
    format: 'ELF',
    archs: [archs[machine] ?? `machine ${machine}`],
    isLibrary: view.getUint16(16, isLittle) === typeShared,
    functions: functionsOf(view, bits, isLittle),
  };
}

function functionsOf(view: DataView, bits: 32 | 64, isLittle: boolean): string[] | null {
  const layout = layouts[bits];
  const word = (at: number) =>
    bits === 64 ? Number(view.getBigUint64(at, isLittle)) : view.getUint32(at, isLittle);
  const start = word(layout.sections);
  const bytes = view.getUint16(layout.sectionSize, isLittle);
  const count = view.getUint16(layout.sectionCount, isLittle);
  const header = (index: number) => start + index * bytes;
  for (let i = 0; start > 0 && i < count; i++) {
    const at = header(i);
    if (view.getUint32(at + 4, isLittle) !== sectionDynamicSymbols) continue;
    const names = word(header(view.getUint32(at + layout.link, isLittle)) + layout.offset);
    return namesOf(view, isLittle, layout, names, word(at + layout.offset), word(at + layout.size));
  }
  return null;
}

function namesOf(
  view: DataView,
  isLittle: boolean,
  layout: typeof layouts[32 | 64],
  names: number,
  from: number,
  bytes: number,
): string[] {
  const found: string[] = [];
  for (let at = from; at < from + bytes; at += layout.symbolBytes) {
    const type = view.getUint8(at + layout.info) & 15;
    const section = view.getUint16(at + layout.section, isLittle);
    if (section === undefinedSection) continue;
    if (type !== symbolFunction && type !== symbolIndirect) continue;
    found.push(textAt(view, names + view.getUint32(at, isLittle)));
  }
  return [...new Set(found)];
}
