// One benchmark with mitata's own `run()`, as its readme shows it; prints the average in ns.
import { bench, run } from 'mitata';

const definition = { parameters: ['i32', 'i32'], result: 'i32' };
const { symbols } = Deno.dlopen(Deno.args[0], { ffib_i32_args_2: definition });
const add = symbols.ffib_i32_args_2;
let x = 0;
bench('i32', () => x = add(x, 1));
const { benchmarks } = await run({ print: () => {} });
console.log(`\n{"avg_ns":${benchmarks[0].runs[0].stats.avg}}`);
