/** Properties of what reads foreign input, and of the statistics; run a few times or very often. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { InputError } from '../../src/results/input_error.ts';
import { parseJournal } from '../../src/results/journal.ts';
import { schemaFaults } from '../../src/results/check.ts';
import { Measured } from '../../src/results/schema.ts';
import { followProtocol } from '../../src/launching/reader.ts';
import { summarize } from '../../src/launching/summarize.ts';
import { benjaminiHochberg } from '../../src/stats/false_discovery.ts';
import { medianInterval } from '../../src/stats/order_interval.ts';
import { median, quantile } from '../../src/stats/quantiles.ts';
import { classifyTrace, segmentTrace } from '../../src/stats/trend.ts';
import { order } from './launching.ts';
import { healthy } from './messages.ts';

const bytes = new TextEncoder();
const seed = 20_260_101;

/** Pieces of which garbage is made that looks like the protocol. */
const piece = fc.oneof(
  fc.constantFrom(...healthy(order).split('\n').map((line) => `${line}\n`)),
  fc.constantFrom('{"ffi_bench":1,"type":', '"measured"', '}\n', '\n', '\u0000', '\ufeff', '\r\n'),
  fc.json().map((json) => `{"ffi_bench":1,"type":"measured","batches_ns":${json}}\n`),
  fc.json().map((json) => `{"ffi_bench":${json}}\n`),
  fc.string({ unit: 'binary' }),
);

/** Texts that end as the reader's lines do, cut into chunks at any byte. */
const babble = fc.tuple(
  fc.array(fc.oneof(piece.map((text) => bytes.encode(text)), fc.uint8Array()), { maxLength: 30 }),
  fc.array(fc.nat({ max: 4000 }), { maxLength: 10 }),
);

function joined(parts: readonly Uint8Array[]): Uint8Array {
  return Uint8Array.from(parts.flatMap((part) => [...part]));
}

function feed(text: Uint8Array, cuts: readonly number[]) {
  const follower = followProtocol(order);
  const places = [0, ...cuts.map((cut) => cut % (text.length + 1)), text.length]
    .sort((a, b) => a - b);
  const faults = places.slice(1)
    .map((end, i) => follower.read(text.subarray(places[i]!, end)))
    .filter((fault) => fault !== null);
  return { follower, faults };
}

/**
 * Whatever a worker says, however it is cut: at most one fault, the same one, and usable figures.
 */
export function protocolHolds(numRuns: number): void {
  fc.assert(
    fc.property(babble, ([parts, cuts]) => {
      const text = joined(parts);
      const { follower, faults } = feed(text, cuts);
      assert.ok(faults.length <= 1);
      const whole = feed(text, []);
      assert.deepEqual(faults, whole.faults);
      assert.deepEqual(follower.messages(), whole.follower.messages());
      assert.ok(follower.messages().length <= 8);
      const measured = follower.measured();
      if (measured !== null) {
        assert.deepEqual(schemaFaults(Measured, summarize(measured, 'batched', null, 1e6)), []);
      }
    }),
    { numRuns, seed },
  );
}

/** Any text is a journal or an InputError; a good journal cut anywhere is read up to the cut. */
export function journalHolds(numRuns: number, good: string): void {
  const whole = parseJournal(good, 'j');
  const firstLine = good.indexOf('\n') + 1;
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.nat({ max: good.length }), (noise, at) => {
      for (const text of [noise, `${good}${noise}\n`, good.slice(0, at) + noise + good.slice(at)]) {
        try {
          parseJournal(text, 'j');
        } catch (error) {
          assert.ok(error instanceof InputError, String((error as Error).stack));
        }
      }
      fc.pre(at >= firstLine);
      const cut = parseJournal(good.slice(0, at), 'j');
      assert.deepEqual(cut.launches, whole.launches.slice(0, cut.launches.length));
      assert.equal(cut.torn, good[at - 1] !== '\n');
      const lines = good.slice(0, at).split('\n').length - 1;
      assert.ok(lines - 1 >= cut.launches.length);
    }),
    { numRuns, seed },
  );
}

/** Times that can be halved: numbers next to 0 round. */
const time = fc.double({ min: 0, max: 1e12, noNaN: true }).map((ns) => ns < 1e-200 ? 0 : ns);
const times = fc.array(time, {
  minLength: 1,
  maxLength: 40,
});

/** Statistics do not depend on order, stay inside their sample and keep their scale. */
export function statisticsHold(numRuns: number): void {
  fc.assert(
    fc.property(times, fc.double({ min: 0, max: 1, noNaN: true }), (values, level) => {
      const [low, high] = [Math.min(...values), Math.max(...values)];
      const middle = median(values);
      assert.ok(middle >= low && middle <= high);
      assert.equal(median(values.toReversed()), middle);
      assert.equal(median(values.map((value) => value * 2)), middle * 2);
      const at = quantile(values, level);
      assert.ok(at >= low && at <= high);
      assert.ok(quantile(values, level / 2) <= at);
      const interval = medianInterval(values);
      if (interval !== null) {
        assert.ok(interval.low <= middle && middle <= interval.high);
        assert.ok(values.includes(interval.low) && values.includes(interval.high));
      }
    }),
    { numRuns, seed },
  );
  fc.assert(
    fc.property(times, (trace) => {
      assert.ok(['flat', 'warmed', 'slowing', 'not_steady'].includes(classifyTrace(trace)));
      const segments = segmentTrace(trace);
      assert.equal(segments[0]!.start, 0);
      assert.equal(segments.at(-1)!.end, trace.length);
      for (const [i, { end }] of segments.slice(0, -1).entries()) {
        assert.equal(segments[i + 1]!.start, end);
      }
    }),
    { numRuns, seed },
  );
  fc.assert(
    fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 40 }), (ps) => {
      const adjusted = benjaminiHochberg(ps);
      assert.equal(adjusted.length, ps.length);
      for (const [i, p] of ps.entries()) {
        assert.ok(adjusted[i]! >= p * (1 - 1e-12) && adjusted[i]! <= 1);
        for (const [j, q] of ps.entries()) if (p < q) assert.ok(adjusted[i]! <= adjusted[j]!);
      }
    }),
    { numRuns, seed },
  );
}
