/** Holds the library's description of itself against the signature table. */
import type { OpenLane } from '../catalogue/lane.ts';
import { exportedName, signatures } from '../catalogue/signatures.ts';
import type { Signature } from '../catalogue/words.ts';

/** What the library says of itself. */
export interface Manifest {
  readonly manifest: 1;
  readonly library: string;
  readonly zig: string;
  readonly optimize: string;
  readonly target: string;
  readonly cpu: string;
  readonly features_native: boolean;
  readonly source_hash: string;
  readonly planted: unknown;
  readonly symbols: Readonly<Record<string, Signature>>;
}

const firstGuessBytes = 65536;

/** Reads the manifest through an open lane that asked for `manifest`. */
export function readManifest(lane: OpenLane): Manifest {
  const read = lane.call('manifest');
  let bytes = new Uint8Array(firstGuessBytes);
  const length = read(bytes, bytes.length);
  if (length > bytes.length) read(bytes = new Uint8Array(length), length);
  return JSON.parse(new TextDecoder().decode(bytes.subarray(0, length)));
}

/** Why a library must not be measured, or null: it must be this table's, optimized, of today. */
export function whyRefused(manifest: Manifest): string | null {
  const differing = Object.keys({ ...manifest.symbols, ...signatures }).filter((name) =>
    spell(manifest.symbols[name]) !== spell(signatures[name as keyof typeof signatures])
  );
  if (differing.length > 0) {
    const name = differing[0]!;
    return `The library exports ${exportedName(name as keyof typeof signatures)} as ` +
      `${spell(manifest.symbols[name])}, the catalogue says ` +
      `${spell(signatures[name as keyof typeof signatures])}` +
      (differing.length > 1 ? ` (${differing.length} symbols differ).` : '.');
  }
  if (manifest.optimize !== 'ReleaseFast') {
    return `The library was built in ${manifest.optimize} mode; only ReleaseFast is measured.`;
  }
  return null;
}

/** A signature as text, the same for equal ones. */
export function spell(signature: Signature | undefined): string {
  return signature === undefined ? 'nothing' : JSON.stringify([signature.args, signature.result]);
}
