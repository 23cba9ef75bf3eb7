// Sums 4,096 doubles in C, at each place that a cache line can begin within the buffer; prints the
// least time of many stretches for each, in ns a call, and where the engine puts buffers by itself.
import process from 'node:process';

const library = process.argv[2]!;
const elements = 4096;
const lineBytes = 64;

async function open() {
  if (typeof Deno !== 'undefined') {
    const { symbols } = Deno.dlopen(library, {
      ffib_buffer_sum: { parameters: ['buffer', 'u32'], result: 'f64' },
    });
    const { UnsafePointer } = Deno;
    return {
      sum: symbols.ffib_buffer_sum,
      place: (view: Float64Array<ArrayBuffer>) =>
        Number(UnsafePointer.value(UnsafePointer.of(view)) % BigInt(lineBytes)),
    };
  }
  if (process.versions.bun) {
    const { dlopen, ptr } = await import('bun:ffi');
    const { symbols } = dlopen(library, {
      ffib_buffer_sum: { args: ['buffer', 'u32'], returns: 'f64' },
    });
    return {
      sum: symbols.ffib_buffer_sum,
      place: (view: Float64Array<ArrayBuffer>) => ptr(view) % lineBytes,
    };
  }
  const { dlopen, getRawPointer } = await import('node:ffi');
  const { functions } = dlopen(library, {
    ffib_buffer_sum: { arguments: ['buffer', 'u32'], return: 'f64' },
  });
  return {
    sum: functions.ffib_buffer_sum,
    place: (view: Float64Array<ArrayBuffer>) => Number(getRawPointer(view) % BigInt(lineBytes)),
  };
}

const { sum, place } = await open();

function nsPerCall(view: Float64Array<ArrayBuffer>): number {
  const calls = 2000;
  let least = Infinity;
  for (let stretch = 0; stretch < 40; stretch++) {
    const from = performance.now();
    for (let i = 0; i < calls; i++) sum(view, elements);
    least = Math.min(least, (performance.now() - from) / calls * 1e6);
  }
  return least;
}

nsPerCall(new Float64Array(elements));
const own = Array.from({ length: 64 }, () => place(new Float64Array(elements)));
const times = new Map<number, number>();
for (let offset = 0; offset < lineBytes; offset += 8) {
  const view = new Float64Array(new ArrayBuffer(elements * 8 + lineBytes), offset, elements);
  times.set(place(view), nsPerCall(view));
}
process.stdout.write(JSON.stringify({
  aligned: own.filter((at) => at === 0).length,
  buffers: own.length,
  times: [...times].sort(([a], [b]) => a - b),
}));
