/** PE, the format of Windows: the header and the table of exported names. */
import { type Binary, textAt } from './binary_format.ts';

const archs: Readonly<Record<number, string>> = {
  ...{ 0x014c: 'ia32', 0x8664: 'x64', 0xaa64: 'arm64' },
};
const isLibraryFlag = 0x2000;
const magic64 = 0x20b;
const sectionBytes = 40;

/** What a PE file says of itself; null where it is none. */
export function readPe(view: DataView): Binary | null {
  if (view.byteLength < 64 || view.getUint16(0) !== 0x4d5a) return null;
  const header = view.getUint32(0x3c, true);
  if (header + 24 > view.byteLength || view.getUint32(header) !== 0x50450000) return null;
  const machine = view.getUint16(header + 4, true);
  return {
    format: 'PE',
    archs: [archs[machine] ?? `machine ${machine}`],
    isLibrary: (view.getUint16(header + 22, true) & isLibraryFlag) !== 0,
    functions: functionsOf(view, header + 4),
  };
}

function functionsOf(view: DataView, header: number): string[] | null {
  const optional = header + 20;
  const directories = optional + (view.getUint16(optional, true) === magic64 ? 112 : 96);
  const sections = optional + view.getUint16(header + 16, true);
  const count = view.getUint16(header + 2, true);
  const place = (address: number) => placeOf(view, sections, count, address);
  const table = place(view.getUint32(directories, true));
  if (table === null) return null;
  const names = place(view.getUint32(table + 32, true));
  if (names === null) return null;
  return Array.from({ length: view.getUint32(table + 24, true) }, (_, i) => {
    const name = place(view.getUint32(names + i * 4, true));
    return name === null ? '' : textAt(view, name);
  }).filter((name) => name !== '');
}

/** Where in the file an address of the loaded library lies. */
function placeOf(view: DataView, sections: number, count: number, address: number): number | null {
  for (let i = 0; i < count; i++) {
    const at = sections + i * sectionBytes;
    const [size, start, , from] = [8, 12, 16, 20].map((field) => view.getUint32(at + field, true));
    if (address >= start! && address < start! + size!) return address - start! + from!;
  }
  return null;
}
