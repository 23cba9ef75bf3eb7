/** Tests of the exporters by the published shapes of their readers. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { exporters } from '../../src/report/export/exporters.ts';
import { toBenchstat } from '../../src/report/export/benchstat.ts';
import { toBmf } from '../../src/report/export/bmf.ts';
import { toCsv } from '../../src/report/export/csv.ts';
import { toGithubActionBenchmark } from '../../src/report/export/github_action_benchmark.ts';
import { toPyperf } from '../../src/report/export/pyperf.ts';
import { buildArm, buildRun } from '../golden/build_run.ts';
import { sampleRun } from '../golden/sample_run.ts';

const arms = [buildArm('deno.ffi'), buildArm('bun.ffi')];

const small = buildRun(arms, [{
  task: 'call.i32_args',
  params: { args: 2 },
  cases: {
    'deno.ffi': { costs: [4, 5], measured: { allocated_bytes_per_call: 16 } },
    'bun.ffi': { unsupported: '=cmd, "really"\nno' },
  },
}]);

test('every exporter takes a run without cases, and the sample run', () => {
  for (const { render } of Object.values(exporters)) {
    assert.equal(typeof render(buildRun([], [])), 'string');
    assert.ok(render(sampleRun()).length > 100);
  }
});

test('toCsv quotes what needs it and lets no text become a formula', () => {
  const lines = toCsv(small).split('\r\n');
  assert.match(lines[0]!, /^case,task,params,arm,runtime,/);
  assert.match(lines[1]!, /^call\.i32_args\[2\],call\.i32_args,args=2,deno\.ffi,deno,2\.9\.6,ffi,/);
  assert.match(lines[1]!, /,measured,,false,2,0,4\.5,,,6\.75,0,0,4\.59,18,16$/);
  assert.match(lines[2]!, /,unsupported,"'=cmd, ""really""\nno",false,0,0,,,,,0,0,,,$/);
});

test('toGithubActionBenchmark gives name, unit, value and range of every measured case', () => {
  const [entry, ...others] = JSON.parse(toGithubActionBenchmark(small));
  assert.deepEqual(others, []);
  const { name, unit, value, range } = entry;
  assert.deepEqual({ name, unit, value, range }, {
    name: 'call.i32_args[2] deno.ffi',
    unit: 'ns/call',
    value: 4.5,
    range: '± 0.500',
  });
});

test('toBmf gives the latency in ns with its bounds', () => {
  assert.deepEqual(JSON.parse(toBmf(small)), {
    'call.i32_args[2] deno.ffi': { latency: { value: 4.5, lower_value: 4, upper_value: 5 } },
  });
});

test('toPyperf gives one run per launch, in seconds', () => {
  const suite = JSON.parse(toPyperf(small));
  assert.equal(suite.version, '1.0');
  assert.equal(suite.metadata.unit, 'second');
  assert.equal(suite.benchmarks[0].metadata.name, 'call.i32_args[2] deno.ffi');
  assert.deepEqual(suite.benchmarks[0].runs.map((run: { values: number[] }) => run.values), [
    [4e-9],
    [5e-9],
  ]);
  assert.equal(suite.benchmarks[0].runs[0].metadata.date, '2026-01-02 03:04:05.678');
});

test('toBenchstat gives one line per launch, arm and params as keys of the name', () => {
  assert.deepEqual(toBenchstat(small).split('\n'), [
    'goos: linux',
    'goarch: amd64',
    'cpu: AMD EPYC 9R14',
    'pkg: ffi-bench',
    'BenchmarkCall.i32_args/args=2/arm=deno.ffi\t4194304\t4 ns/op\t16 B/op',
    'BenchmarkCall.i32_args/args=2/arm=deno.ffi\t4194304\t5 ns/op\t16 B/op',
    '',
  ]);
});

test('folded twins are exported to tables only, where the word stands beside them', () => {
  const document = sampleRun();
  const withFolded = Object.entries(exporters)
    .filter(([, { render }]) => render(document).includes('folded'))
    .map(([name]) => name);
  assert.deepEqual(withFolded, ['markdown', 'csv']);
  assert.ok(!toBmf(document).includes('call.noop deno.plain'));
});
