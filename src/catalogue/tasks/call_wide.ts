/**
 * Family `call`, what is wider than 32 bits: integers as BigInt, Number or by reference; addresses.
 */
import type { Pointer } from '../lane.ts';
import { type Check, task } from '../task.ts';

const sinks = ['unused', 'consumed', 'escaping'] as const;

/**
 * The three fates of a 64-bit answer: dropped, compared, or stored where it must become a BigInt.
 */
function bigintBodies(f: (x: bigint) => bigint, x: bigint) {
  let wrong = 0;
  let last = x;
  return {
    bodies: {
      unused: () => {
        f(x);
      },
      consumed: () => {
        if (f(x) !== x) wrong++;
      },
      escaping: () => {
        last = f(x);
      },
    },
    after: (): Check[] => [
      { what: 'answers that differed', got: wrong, want: 0 },
      { what: 'the last answer', got: last, want: x },
    ],
  };
}

function bigintTask(word: 'u64' | 'i64', values: readonly bigint[]) {
  return task({
    id: `call.${word}_bigint`,
    isolates: `a BigInt as ${word} there and back: its answer dropped, compared, or stored`,
    timed: `id_${word}(x) | if (id_${word}(x) !== x) wrong++ | last = id_${word}(x)`,
    params: sinks.map((sink) => ({ sink })),
    binds: [`id_${word}`],
    folded: true,
    prepare(lane, { sink }) {
      const f = lane.call(`id_${word}`);
      const { bodies, after } = bigintBodies(f, values[0]!);
      return {
        body: bodies[sink],
        crossings: 1,
        // A lane may answer small ones as Number.
        check: () => values.map((x) => ({ what: `${x}`, got: BigInt(f(x)), want: x })),
        after,
      };
    },
  });
}

const u64Bigint = bigintTask('u64', [0x123456789abcdef0n, 0n, 2n ** 53n + 1n, 2n ** 64n - 1n]);
const i64Bigint = bigintTask('i64', [-0x123456789abcdef0n, 0n, -(2n ** 63n), 2n ** 63n - 1n]);

const u64Number = task({
  id: 'call.u64_number',
  isolates: 'a Number where C wants 64 bits, against call.u64_bigint[consumed]',
  timed: 'if (id_u64(123456789) != 123456789) wrong++',
  needs: ['u64_from_number'],
  binds: ['id_u64'],
  folded: true,
  prepare(lane) {
    const f = lane.callAs<(x: number) => bigint | number>('id_u64', 'plain');
    let wrong = 0;
    return {
      body: () => {
        if (f(123456789) != 123456789) wrong++;
      },
      crossings: 1,
      check: () => [{ what: '2⁵³-1', got: BigInt(f(2 ** 53 - 1)), want: 2n ** 53n - 1n }],
      after: () => [{ what: 'answers that differed', got: wrong, want: 0 }],
    };
  },
});

const u64Fast = task({
  id: 'call.u64_fast',
  isolates: 'a 64-bit result that comes back as a Number where it is safe',
  timed: 'x = id_u64(x), both as Number',
  needs: ['u64_fast'],
  binds: [{ symbol: 'id_u64', form: 'u64_fast' }],
  prepare(lane) {
    const f = lane.callAs<(x: number | bigint) => bigint | number>('id_u64', 'u64_fast');
    let x: number | bigint = 123456789;
    return {
      body: () => x = f(x),
      crossings: 1,
      check: () => [
        { what: 'a safe integer', got: f(123456789), want: 123456789 },
        { what: '2⁶⁴-1', got: f(2n ** 64n - 1n), want: 2n ** 64n - 1n },
      ],
      after: () => [{ what: 'the last answer', got: x, want: 123456789 }],
    };
  },
});

const u64ByRef = task({
  id: 'call.u64_by_ref',
  isolates: '64 bits through a buffer instead of a BigInt',
  timed: 'u64_by_ref(cell), a kept BigUint64Array of one',
  binds: ['u64_by_ref'],
  prepare(lane) {
    const f = lane.call('u64_by_ref');
    const cell = new BigUint64Array(1);
    const probe = new BigUint64Array(1);
    return {
      body: () => f(cell),
      crossings: 1,
      check: () => {
        probe[0] = 2n ** 64n - 1n;
        f(probe);
        return [{ what: '2⁶⁴-1 plus one', got: probe[0]!, want: 0n }];
      },
      after: (calls) => [{ what: 'the counter', got: cell[0]!, want: BigInt(calls) }],
    };
  },
});

const pointerId = task({
  id: 'call.pointer_id',
  isolates: 'an address there and back',
  timed: 'x = id_pointer(x)',
  needs: ['address_of'],
  binds: ['id_pointer'],
  folded: true,
  prepare(lane) {
    const f = lane.call('id_pointer');
    const kept = new Uint8Array(8);
    const start: Pointer = lane.addressOf(kept);
    let x: Pointer | null = start;
    return {
      body: () => x = f(x),
      crossings: 1,
      check: () => [
        { what: 'the same address', got: lane.samePointer(f(start), start), want: true },
        { what: 'null', got: lane.samePointer(f(null), null), want: true },
        { what: 'not null', got: lane.samePointer(f(start), null), want: false },
      ],
      after: () => [{ what: 'the last answer', got: lane.samePointer(x, start), want: true }],
    };
  },
});

export const callWide = [
  u64Bigint,
  i64Bigint,
  u64Number,
  u64Fast,
  u64ByRef,
  pointerId,
];
