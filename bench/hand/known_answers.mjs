// What a careful author calls before measuring: each function once with values whose results are
// known, the same as the lanes verify. An engine's code for the measured call depends on the values
// that the function met before, by 5 % where Node has also seen a shorter buffer.
const wide = [0x123456789abcdef0n, 0n, 2n ** 53n + 1n, 2n ** 64n - 1n];

const results = {
  ffib_noop: [],
  ffib_i32_args_2: [[[1, 2], 3], [[0x7fffffff, 0x7fffffff], -2]],
  ffib_f64_args_2: [[[0.5, 1.5], 2]],
  ffib_id_u64: wide.map((x) => [[x], x]),
  ffib_buffer_touch: [[[new Uint8Array(64).fill(1), 64], 1], [[new Uint8Array([9, 8, 7]), 3], 7]],
};

/** The function itself, once its results are right. */
export function verified(symbol, f) {
  for (const [args, want] of results[symbol]) {
    const got = f(...args);
    // A runtime may return a small 64-bit integer as Number.
    if (BigInt(got) !== BigInt(want)) {
      throw new Error(`${symbol}(${args}) returned ${got}; it should return ${want}.`);
    }
  }
  return f;
}
