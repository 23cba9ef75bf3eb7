/** Family `buffer`: memory that JavaScript owns and C reads or writes in place. */
import type { Capability, Form, OpenLane } from '../lane.ts';
import { halves, halvesSum, pattern } from '../inputs.ts';
import { type Prepared, task } from '../task.ts';

const touch = task({
  id: 'buffer.touch',
  isolates: 'passing a kept Uint8Array of which C reads one byte: flat where nothing is copied',
  timed: 'last = buffer_touch(kept, bytes)',
  params: [0, 64, 1024, 65536, 1048576].map((bytes) => ({ bytes })),
  sweep: 'bytes',
  binds: ['buffer_touch'],
  folded: true,
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

const dense = [1, 8, 16, 32, 64, 128, 256, 512, 1024, 2048, 4096, 65536, 1048576];

const sum = task({
  id: 'buffer.sum',
  isolates: 'adding up a kept Float64Array in place, nothing copied',
  timed: 'last = buffer_sum(kept, elements)',
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
  timed: 'buffer_fill(kept, bytes, ++value); if (kept[bytes - 1] !== value) stale++',
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

const views = ['uint8array', 'dataview', 'arraybuffer', 'subarray', 'address'] as const;
type View = (typeof views)[number];
const viewedBytes = 64;

/** How the function must be bound to take such a view. */
function viewForm(kind: View): Form {
  return kind === 'arraybuffer' ? 'array_buffer' : kind === 'address' ? 'pointer' : 'plain';
}

const viewNeeds: Readonly<Partial<Record<View, readonly Capability[]>>> = {
  dataview: ['data_view'],
  arraybuffer: ['array_buffer'],
  address: ['address_of'],
};

/** The kinds of view on the same bytes; of a longer buffer where the view is a part. */
function viewOf(lane: OpenLane, kind: View, bytes: Uint8Array): unknown {
  switch (kind) {
    case 'uint8array':
      return bytes;
    case 'dataview':
      return new DataView(bytes.buffer);
    case 'arraybuffer':
      return bytes.buffer;
    case 'subarray':
      return pattern(viewedBytes + 8).subarray(8);
    case 'address':
      return lane.addressOf(bytes);
  }
}

const view = task({
  id: 'buffer.view',
  isolates: 'what is passed: a whole array, a view, a bare buffer, a part, an address kept with it',
  timed: 'last = buffer_touch(view, 64)',
  params: views.map((kind) => ({ kind })),
  needs: ({ kind }) => viewNeeds[kind] ?? [],
  binds: ({ kind }) => [{ symbol: 'buffer_touch', form: viewForm(kind) }],
  plain: null,
  prepare(lane, { kind }) {
    type Touch = (bytes: unknown, length: number) => number;
    const f = lane.callAs<Touch>('buffer_touch', viewForm(kind));
    const bytes = pattern(viewedBytes);
    const kept = viewOf(lane, kind, bytes);
    const want = kind === 'subarray' ? viewedBytes + 8 : viewedBytes;
    let last = -1;
    return {
      body: () => last = f(kept, viewedBytes),
      crossings: 1,
      check: () => [
        { what: 'the last byte', got: f(kept, viewedBytes), want },
        { what: 'the first byte', got: f(kept, 1), want: want - viewedBytes + 1 },
      ],
      // An address keeps nothing alive: the bytes are asked for after the timing.
      after: () => [
        { what: 'the last answer', got: last, want },
        { what: 'the first byte still', got: bytes[0]!, want: 1 },
      ],
    };
  },
});

const freshSizes = [8, 64, 1024].map((bytes) => ({ bytes }));

const fresh = task({
  id: 'buffer.fresh',
  isolates: 'a new Uint8Array for every call, against a kept one and against buffer.allocation',
  timed: 'fresh = new Uint8Array(bytes); fresh[bytes - 1] = ++x; last = buffer_touch(fresh, bytes)',
  params: freshSizes,
  sweep: 'bytes',
  binds: ['buffer_touch'],
  prepare(lane, { bytes }) {
    const f = lane.call('buffer_touch');
    let x = 0;
    let last = -1;
    return {
      body: () => {
        x = (x + 1) & 0xff;
        const made = new Uint8Array(bytes);
        made[bytes - 1] = x;
        last = f(made, bytes);
      },
      crossings: 1,
      check: () => [{ what: 'zero at first', got: f(new Uint8Array(bytes), bytes), want: 0 }],
      after: (calls) => [{ what: 'the last byte', got: last, want: calls & 0xff }],
    };
  },
});

const allocation = task({
  id: 'buffer.allocation',
  isolates: 'the new Uint8Array of buffer.fresh alone: its baseline',
  timed: 'kept = new Uint8Array(bytes); kept[bytes - 1] = ++x',
  params: freshSizes,
  sweep: 'bytes',
  needs: ['plain_javascript'],
  binds: [],
  prepare(_lane, { bytes }) {
    let x = 0;
    let kept = new Uint8Array(bytes);
    return {
      body: () => {
        x = (x + 1) & 0xff;
        kept = new Uint8Array(bytes);
        kept[bytes - 1] = x;
      },
      crossings: 0,
      check: () => [{ what: 'its length', got: kept.length, want: bytes }],
      after: (calls) => [{ what: 'the last byte', got: kept[bytes - 1]!, want: calls & 0xff }],
    };
  },
});

/** The address of a buffer, and whether C sees the same one. */
function addresses(lane: OpenLane) {
  const seenByC = lane.call('buffer_address');
  return (buffer: Uint8Array) => lane.samePointer(lane.addressOf(buffer), seenByC(buffer));
}

const addressOf = task({
  id: 'buffer.address_of',
  isolates: "the runtime's own function for the address of a buffer; no call is made",
  timed: 'last = addressOf(kept)',
  needs: ['address_of'],
  binds: ['buffer_address'],
  plain: null,
  prepare(lane) {
    const of = lane.addressOf;
    const isSame = addresses(lane);
    const kept = pattern(64);
    let last = of(pattern(8));
    return {
      body: () => {
        last = of(kept);
      },
      crossings: 0,
      check: () => [
        { what: 'the address that C sees', got: isSame(kept), want: true },
        { what: 'the address of a part', got: isSame(kept.subarray(8)), want: true },
      ],
      after: () => [
        { what: 'the last address', got: lane.samePointer(last, of(kept)), want: true },
      ],
    };
  },
});

const withLength = task({
  id: 'buffer.with_length',
  isolates: 'the same view given twice, for a pointer and for its length, against buffer.touch[64]',
  timed: 'last = buffer_touch_length(kept, kept)',
  params: [64, 65536].map((bytes) => ({ bytes })),
  sweep: 'bytes',
  needs: ['buffer_length'],
  binds: [{ symbol: 'buffer_touch_length', form: 'buffer_length' }],
  plain: null,
  prepare(lane, { bytes }) {
    const f = lane.callAs<(bytes: Uint8Array, length: Uint8Array) => number>(
      'buffer_touch_length',
      'buffer_length',
    );
    const none = new Uint8Array(0);
    const three = new Uint8Array([9, 8, 7]);
    const kept = pattern(bytes);
    const want = kept[bytes - 1]!;
    let last = -1;
    return {
      body: () => last = f(kept, kept),
      crossings: 1,
      check: () => [
        { what: 'the last byte', got: f(kept, kept), want },
        { what: 'the last byte of [9, 8, 7]', got: f(three, three), want: 7 },
        { what: 'the last byte of none', got: f(none, none), want: 0 },
      ],
      after: () => [{ what: 'the last answer', got: last, want }],
    };
  },
});

export const tasks = [touch, sum, fill, view, fresh, allocation, addressOf, withLength];
