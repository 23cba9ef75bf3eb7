/** Addresses of lanes that hand them out as Numbers, and as BigInts where no Number holds them. */
import type { Pointer } from '../src/catalogue/lane.ts';

/** The address as such a lane hands it out; null for 0. */
export function pointerAt(address: bigint): Pointer | null {
  if (address === 0n) return null;
  const held = address <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(address) : address;
  return held as unknown as Pointer;
}
