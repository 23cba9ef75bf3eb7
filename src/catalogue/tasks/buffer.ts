/** Family `buffer`: memory that JavaScript owns and C reads or writes in place. */
import { type Prepared, task } from '../task.ts';

const touch = task({
  id: 'buffer.touch',
  isolates: 'passing a kept Uint8Array of which C reads one byte: flat where nothing is copied',
  params: [0, 64, 1024, 65536, 1048576].map((bytes) => ({ bytes })),
  sweep: 'bytes',
  binds: ['buffer_touch'],
  prepare(lane, { bytes }) {
    const f = lane.call('buffer_touch');
    const kept = pattern(bytes);
    const want = bytes === 0 ? 0 : kept[bytes - 1]!;
    let last = -1;
    return {
      body: () => last = f(kept, bytes),
      crossings: 1,
      check: () => [
        { what: 'the last byte', got: f(kept, bytes), want },
        { what: 'the last byte of [9, 8, 7]', got: f(new Uint8Array([9, 8, 7]), 3), want: 7 },
      ],
      after: () => [{ what: 'the last answer', got: last, want }],
    };
  },
});

/** Bytes 1, 2, … 251, 1, …: never 0, and no power of two as its period. */
export function pattern(bytes: number): Uint8Array {
  return Uint8Array.from({ length: bytes }, (_, i) => (i % 251) + 1);
}

/** Numbers 0, 0.5, 1, …: their sums are exact. */
export function halves(elements: number): Float64Array {
  return Float64Array.from({ length: elements }, (_, i) => i * 0.5);
}

/** The sum of `halves(elements)`. */
export function halvesSum(elements: number): number {
  return (elements * (elements - 1)) / 4;
}

const dense = [1, 8, 16, 32, 64, 128, 256, 512, 1024, 2048, 4096, 65536, 1048576];

const sum = task({
  id: 'buffer.sum',
  isolates: 'adding up a kept Float64Array in place, nothing copied',
  params: dense.map((elements) => ({ elements })),
  sweep: 'elements',
  binds: ['buffer_sum'],
  prepare(lane, { elements }) {
    const f = lane.call('buffer_sum');
    const kept = halves(elements);
    const want = halvesSum(elements);
    const last = new Float64Array(1);
    return {
      body: () => last[0] = f(kept, elements),
      crossings: 1,
      check: () => [
        { what: 'the sum', got: f(kept, elements), want },
        { what: 'the sum of no element', got: f(kept, 0), want: 0 },
      ],
      after: () => [{ what: 'the last answer', got: last[0]!, want }],
    };
  },
});

const fill = task({
  id: 'buffer.fill',
  isolates: 'C writing into a kept Uint8Array that JavaScript then reads',
  params: [64, 4096, 65536].map((bytes) => ({ bytes })),
  sweep: 'bytes',
  binds: ['buffer_fill'],
  prepare(lane, { bytes }): Prepared {
    const f = lane.call('buffer_fill');
    const kept = new Uint8Array(bytes);
    const probe = new Uint8Array(4);
    let value = 0;
    let stale = 0;
    return {
      body: () => {
        value = (value + 1) & 0xff;
        f(kept, bytes, value);
        if (kept[bytes - 1] !== value) stale++;
      },
      crossings: 1,
      check: () => {
        f(probe, 3, 7);
        return [{ what: 'three of four bytes', got: probe.join(), want: '7,7,7,0' }];
      },
      after: (calls) => [
        { what: 'stale reads', got: stale, want: 0 },
        { what: 'the first byte', got: kept[0]!, want: calls & 0xff },
      ],
    };
  },
});

export const buffer = [touch, sum, fill];
