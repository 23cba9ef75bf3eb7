// What a foreign function interface may get wrong without a word, tried in one lane: first in cold
// code, then once the same calls have been optimized.
import type { Danger } from '../../../src/catalogue/dangers.ts';
import type { BindingRequest, Lane, OpenLane } from '../../../src/catalogue/lane.ts';
import type { SymbolName } from '../../../src/catalogue/signatures.ts';
import type { Check } from '../../../src/catalogue/task.ts';
import type { Probe } from './run.ts';

/** Calls after which every engine has optimized a call site. */
const hotCalls = 30_000;

/** Something that is done with ordinary values often, and asked with dangerous ones. */
interface Tried {
  /** An ordinary use through the same call sites. */
  use(): unknown;
  /** Each returns whether all was right. */
  readonly ask: Readonly<Record<string, () => boolean>>;
}

/** Opens what a danger needs; asks nothing where the lane is without it. */
function danger(symbols: readonly SymbolName[], make: (lane: OpenLane) => Tried): Probe {
  return (lane: Lane, library: string) => {
    const lacks = lane.capabilities.limits?.lacks ?? {};
    if (symbols.some((symbol) => symbol in lacks)) return [];
    const requests = symbols.map((symbol): BindingRequest => ({ symbol, form: 'plain' }));
    const { use, ask } = make(lane.open(library, requests));
    const askAll = (state: string): Check[] =>
      Object.entries(ask).map(([what, isRight]) => ({
        what: `${what}, ${state}`,
        got: isRight(),
        want: true,
      }));
    const cold = askAll('cold');
    for (let i = 0; i < hotCalls; i++) use();
    return [...cold, ...askAll('hot')];
  };
}

/** Whether something throws, or returns what is right. */
function refusedOr(attempt: () => boolean): boolean {
  try {
    return attempt();
  } catch {
    return true;
  }
}

/** Whether something returns what is right, without throwing. */
function worked(attempt: () => boolean): boolean {
  try {
    return attempt();
  } catch {
    return false;
  }
}

const isFar = (lane: OpenLane) => lane.capabilities.address_of === true;

/** Bits go out of C as a pointer and back into it as one. */
function roundTrip(lane: OpenLane) {
  const [pointer, bits] = [lane.call('danger_pointer'), lane.call('danger_bits')];
  return (wanted: bigint) => BigInt(bits(pointer(wanted))) === wanted;
}

const highBits = [2n ** 53n + 1n, 2n ** 56n + 5n, 2n ** 63n + 5n, 2n ** 64n - 1n];
/** As Android tags what malloc gives, with the lowest bits set that a double would lose. */
const tagged = 0xb400_007f_1234_5679n;
const ordinary = 0x7f12_3456_7890n;

const bytesOf = (length: number) => new Uint8Array(length).fill(1);

/** The sum of so many bytes of a view that are 1 each. */
const summing = (lane: OpenLane) => lane.call('string_sum');

export const dangerProbes: Readonly<Record<Danger, Probe>> = {
  wide_pointer: danger(['danger_bits'], (lane) => {
    if (!isFar(lane)) return { use() {}, ask: {} };
    const bits = lane.call('danger_bits');
    const pass = (address: bigint) => BigInt(bits(lane.pointerAt(address)));
    const wide = 2n ** 64n + 5n;
    return {
      use: () => pass(ordinary),
      ask: { 'an address of 2^64 + 5': () => refusedOr(() => pass(wide) === wide) },
    };
  }),
  high_pointer: danger(['danger_pointer', 'danger_bits'], (lane) => {
    if (!isFar(lane)) return { use() {}, ask: {} };
    const goes = roundTrip(lane);
    const bits = lane.call('danger_bits');
    const pass = (address: bigint) => BigInt(bits(lane.pointerAt(address))) === address;
    return {
      use: () => goes(ordinary) && pass(ordinary),
      ask: Object.fromEntries(highBits.flatMap((high) => [
        [`out and back, ${high}`, () => refusedOr(() => goes(high))],
        [`in, ${high}`, () => refusedOr(() => pass(high))],
      ])),
    };
  }),
  tagged_pointer: danger(['danger_pointer', 'danger_bits'], (lane) => {
    if (!isFar(lane)) return { use() {}, ask: {} };
    const goes = roundTrip(lane);
    return {
      use: () => goes(ordinary),
      ask: { 'out and back': () => worked(() => goes(tagged)) },
    };
  }),
  detached_buffer: danger(['string_sum'], (lane) => {
    const sum = summing(lane);
    const kept = bytesOf(64);
    const detached = () => {
      const bytes = bytesOf(4096);
      sum(bytes, 64);
      const moved = bytes.buffer.transfer();
      return sum(bytes, 64) !== 64 && moved.byteLength === 4096;
    };
    return {
      use: () => sum(kept, 64),
      ask: { 'its memory': () => refusedOr(detached) },
    };
  }),
  resized_buffer: danger(['string_sum'], (lane) => {
    const sum = summing(lane);
    const kept = bytesOf(64);
    const resized = (from: number, to: number) => () => {
      const buffer = new ArrayBuffer(from, { maxByteLength: 1 << 20 });
      const view = new Uint8Array(buffer).fill(1);
      if (sum(view, from) !== from) return false;
      buffer.resize(to);
      return sum(view.fill(1), to) === to;
    };
    return {
      use: () => sum(kept, 64),
      ask: {
        'one that has grown': () => refusedOr(resized(64, 1 << 20)),
        'one that has shrunk': () => refusedOr(resized(1 << 20, 64)),
        'one that has nothing left': () => refusedOr(resized(64, 0)),
      },
    };
  }),
  view_offset: danger(['string_sum'], (lane) => {
    const sum = summing(lane);
    const whole = Uint8Array.from({ length: 64 }, (_, i) => i);
    const fourAt = (offset: number) =>
      sum(whole.subarray(offset, offset + 4), 4) === 4 * offset + 6;
    return {
      use: () => sum(whole, 64),
      ask: Object.fromEntries([1, 8, 57].map((offset) => [
        `an offset of ${offset}`,
        () => worked(() => fourAt(offset)),
      ])),
    };
  }),
  moved_buffer: danger(['danger_bits', 'danger_place'], (lane) => {
    if (!isFar(lane)) return { use() {}, ask: {} };
    const [bits, place] = [lane.call('danger_bits'), lane.call('danger_place')];
    const addressOf = (bytes: Uint8Array) => BigInt(bits(lane.addressOf(bytes)));
    const stays = (length: number, move: (bytes: Uint8Array) => unknown) => () => {
      const bytes = bytesOf(length);
      const before = addressOf(bytes);
      move(bytes);
      return BigInt(place(bytes)) === before && addressOf(bytes) === before;
    };
    const kept = bytesOf(64);
    return {
      use: () => addressOf(kept),
      ask: Object.fromEntries([8, 64, 1000].flatMap((length) => [
        [`${length} bytes, its buffer asked for`, stays(length, ({ buffer }) => buffer)],
        [`${length} bytes, after a garbage collection`, stays(length, churn)],
      ])),
    };
  }),
};

/** Fills the young generation, and collects everything where that can be asked for. */
function churn(): void {
  let kept: unknown = null;
  for (let i = 0; i < 300_000; i++) kept = { kept: i % 1000 === 0 ? null : kept, i };
  const { gc, Bun } = globalThis as { gc?: () => void; Bun?: { gc(force: boolean): void } };
  gc?.();
  Bun?.gc(true);
}
