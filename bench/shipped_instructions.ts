/**
 * Which kernels of the shipped libraries execute other instructions than those that a checkout
 * builds for its very processor? Steps through every case of the floor with each library, and names
 * those whose counts are not within 5 %. A count is exact on a busy machine too, and is no time:
 * wider vectors take fewer instructions, each of which does more.
 *
 *     npm run self -- bench/shipped_instructions.ts
 */
import { realpathSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import process from 'node:process';
import { capabilitiesOf, laneRow } from '../runtimes/lanes.ts';
import { instructionsOf } from '../src/analysis/instructions.ts';
import { artifactPath, libraryPath } from '../src/boot/library.mjs';
import { root } from '../src/boot/versions.mjs';
import { type CatalogueEntry, entries } from '../src/catalogue/catalogue.ts';
import { whyUnsupported } from '../src/catalogue/task.ts';
import { launchWorker } from '../src/launching/launch.ts';
import { workerEnvironment } from '../src/machine/environment.ts';
import { launchLimits } from '../src/planning/settings.ts';
import { formatRatio } from '../src/report/words/numbers.ts';
import { protocolVersion } from '../src/worker/protocol.ts';
import { shippedLibraries } from './shipped_kernels.ts';

/** What a shipped kernel may part from the built one by. */
const allowed = 0.05;

/** Sizes over this take the same loops, and too many steps. */
const largest = 4096;

const row = laneRow('native.call');

/** Instructions of the library in one call; null where they cannot be stepped. */
async function countIn(library: string, { task, params }: CatalogueEntry): Promise<number | null> {
  const ended = await launchWorker(
    { path: artifactPath(root, 'native'), args: [], env: workerEnvironment({}), cwd: root },
    {
      protocol: protocolVersion,
      mode: 'instructions',
      lane: row.lane,
      library,
      instrument: library,
      task: task.id,
      params,
      callsPerBatch: 1,
      durationNs: 1,
      batchNs: 1,
      askedAtMs: 0,
    },
    launchLimits,
  );
  const stepped = ended.messages.find((message) => message.type === 'stepped');
  if (stepped === undefined || stepped.pairs.length === 0) return null;
  const { regions } = instructionsOf([stepped], [library]);
  const own = regions.find(({ region }) => region === 'library');
  return own === undefined ? null : (own.low + own.high) / 2;
}

/** The counts of all cases by library, as many launches at a time as there are cores. */
async function countAll(libraries: ReadonlyMap<string, string>, cases: readonly CatalogueEntry[]) {
  const counts = new Map<string, number | null>();
  const waiting = cases.flatMap((entry) =>
    [...libraries].map(([label, path]) => ({ key: `${entry.name} ${label}`, entry, path }))
  ).values();
  const inTurn = async () => {
    for (const { key, entry, path } of waiting) counts.set(key, await countIn(path, entry));
  };
  await Promise.all(Array.from({ length: availableParallelism() }, inTurn));
  return counts;
}

const can = capabilitiesOf(row);
const cases = entries.filter(({ task, params }) =>
  whyUnsupported(can, task, params) === null &&
  Object.values(params).every((value) => !(Number(value) > largest))
);
const shipped = await shippedLibraries();
const libraries = new Map(
  [['built', libraryPath(root)], ...shipped].map(([label, path]) =>
    [label!, realpathSync(path!)] as const
  ),
);
const counts = await countAll(libraries, cases);
const labels = [...shipped.keys()];
const rows = cases.flatMap(({ name }) => {
  const built = counts.get(`${name} built`);
  const ratios = labels.map((label) => {
    const own = counts.get(`${name} ${label}`);
    return built == null || own == null || built === 0 ? null : own / built;
  });
  return ratios.every((ratio) => ratio === null) ? [] : [{ name, built: built!, ratios }];
});
const parted = rows.filter(({ ratios }) =>
  ratios.some((ratio) => ratio !== null && Math.abs(ratio - 1) > allowed)
);
process.stdout.write([
  `| case | built | ${labels.join(' | ')} |`,
  `| --- | ---: | ${labels.map(() => '---:').join(' | ')} |`,
  ...parted.map(({ name, built, ratios }) =>
    `| \`${name}\` | ${built} | ${
      ratios.map((ratio) => ratio === null ? '–' : `×${formatRatio(ratio)}`).join(' | ')
    } |`
  ),
  '',
  `${rows.length - parted.length} of ${rows.length} cases that can be stepped are within 5 %; ` +
  `${cases.length - rows.length} cannot.`,
  '',
].join('\n'));
