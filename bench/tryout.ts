import { join } from 'node:path';
import { root } from '../src/boot/versions.mjs';
import { readTools } from '../src/boot/tools.mjs';
import { entries } from '../src/catalogue/catalogue.ts';
import { flagsOf, hosts, lanes } from '../runtimes/registry.ts';
import { instrumentArtifact } from '../runtimes/host/instrument.ts';
import { artifactPath } from '../src/boot/library.mjs';
import { bundleWorkers, partOf, pathOfWorker } from '../src/launching/bundle.ts';
import { launchWorker } from '../src/launching/launch.ts';
import { workerEnvironment } from '../src/launching/environment.ts';
import { judge } from '../src/analysis/recording.ts';
import { median, quantile } from '../src/stats/quantiles.ts';
const [laneName, caseName, n = '5', durationMs = '500', batch0 = '0', flags = ''] = process.argv
  .slice(2);
const row = lanes.find((r) => r.lane === laneName)!;
const entry = entries.find((e) => e.name === caseName)!;
const tools = readTools();
const wanted = { module: row.module!, part: partOf(entry.task) };
const workers = await bundleWorkers(root, join(root, '.ffi-bench', 'tryout'), [wanted]);
const tool = (tools.runtimes as any)[row.runtime];
const lib = row.artifact === null
  ? ''
  : row.artifact === 'library'
  ? tools.library
  : artifactPath(root, row.artifact);
const art = instrumentArtifact(row.runtime);
const instrument = art === 'library' ? tools.library : artifactPath(root, art);
const order = (mode: any, calls: number, ms: number) => ({
  protocol: 2 as const,
  mode,
  lane: row.lane,
  library: lib,
  task: entry.task.id,
  params: entry.params,
  instrument,
  durationNs: ms * 1e6,
  batchNs: 250000,
  callsPerBatch: calls,
  askedAtMs: performance.timeOrigin + performance.now(),
});
const command = {
  path: tool.path,
  args: [
    ...flagsOf(row).map((f) => f.replace('{checkout}', root)),
    ...flags.split(' ').filter(Boolean),
    pathOfWorker(workers, wanted),
  ],
  env: workerEnvironment(hosts[row.runtime].env),
  cwd: root,
};
let calls = Number(batch0);
if (!calls) {
  const p = await launchWorker(command, order('pilot', 1, 1) as any, { timeoutMs: 60000 });
  const m: any = p.messages.find((m) => m.type === 'piloted');
  if (!m) {
    console.log(p);
    process.exit(1);
  }
  calls = m.calls_per_batch;
}
const free = 1950;
for (let i = 0; i < Number(n); i++) {
  const r = await launchWorker(command, order('measure', calls, Number(durationMs)) as any, {
    timeoutMs: 60000,
  });
  const m = r.measured;
  if (!m) {
    console.log(r.outcome, r.reason, r.stderrTail.slice(-600));
    continue;
  }
  const j = judge(m, { freeLevel: free, wantedNs: 50e6 });
  const per = m.batches_ns.map((b) => b / calls);
  const from = j.from ?? 0;
  const s = per.slice(from);
  const f = s.filter((_, k) => j.free![from + k]);
  const sh = s.filter((_, k) => !j.free![from + k]);
  const win: string[] = [];
  let a = 0;
  for (let k = 0; k < per.length; k++) {
    if (m.begins_ns[k]! - m.begins_ns[a]! > 10e6) {
      win.push(median(per.slice(a, k)).toFixed(2));
      a = k;
    }
  }
  if (process.env.RAW) {
    console.log(
      per.slice(from, from + 60).map((x, k) => x.toFixed(3) + (j.free![from + k] ? '' : '*')).join(
        ' ',
      ),
    );
  }
  console.log(
    row.lane,
    caseName,
    'B',
    calls,
    'batch µs',
    (median(m.batches_ns) / 1e3).toFixed(0),
    'settled',
    j.from === null ? null : (m.begins_ns[from]! / 1e6).toFixed(0) + 'ms',
    'n',
    s.length,
    'free',
    f.length,
    'cost',
    f.length ? median(f).toFixed(3) : null,
    'p10',
    quantile(s, .1).toFixed(3),
    'med',
    median(s).toFixed(3),
    'shared',
    sh.length ? median(sh).toFixed(2) : null,
    'least',
    m.probes.reduce((x, y) => Math.min(x, y)),
    process.env.WIN ? win.join(' ') : '',
  );
  if (process.env.ERR) console.log(r.stderrTail);
}
