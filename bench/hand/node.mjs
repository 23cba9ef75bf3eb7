// The five cases by hand for Node: what an author writes who needs no catalogue.
import { dlopen } from 'node:ffi';
import { createRequire } from 'node:module';
import process from 'node:process';
import { verified } from './known_answers.mjs';
import { report } from './measure.mjs';

const [library, name, callsPerBatch, durationNs, instrument] = process.argv.slice(2);

function open(symbol, args, result) {
  return verified(
    symbol,
    dlopen(library, { [symbol]: { arguments: args, return: result } }).functions[symbol],
  );
}

const cases = {
  'call.noop'() {
    const noop = open('ffib_noop', [], 'void');
    return () => noop();
  },
  'call.i32_args[2]'() {
    const add = open('ffib_i32_args_2', ['i32', 'i32'], 'i32');
    let x = 0;
    return () => x = add(x, 1);
  },
  'call.f64_args[2]'() {
    const add = open('ffib_f64_args_2', ['f64', 'f64'], 'f64');
    const x = new Float64Array(1);
    return () => x[0] = add(x[0], 0.5);
  },
  'call.u64_bigint[consumed]'() {
    const id = open('ffib_id_u64', ['u64'], 'u64');
    const x = 0x123456789abcdef0n;
    let wrong = 0;
    return () => {
      if (id(x) !== x) wrong++;
    };
  },
  'buffer.touch[64]'(size = 64) {
    const touch = open('ffib_buffer_touch', ['buffer', 'u32'], 'u32');
    const bytes = new Uint8Array(size).fill(1);
    let _last = -1;
    return () => _last = touch(bytes, size);
  },
};

// The addon, since functions of node:ffi share wrappers.
const { ffib_throughput: throughput, ffib_take_freest_core: takeFreestCore } = createRequire(
  import.meta.url,
)(instrument).open('plain', ['ffib_throughput', 'ffib_take_freest_core']);
takeFreestCore();
await report(cases[name](), Number(callsPerBatch), Number(durationNs), throughput);
