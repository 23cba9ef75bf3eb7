/**
 * A run in which every text that is not a fixed word tries to become markup or script. The schema
 * refuses most of it; the page must bear it all the same.
 */
import type { Document } from '../../src/results/schema.ts';
import { sampleRun } from '../golden/sample_run.ts';

/** Ways out of text, attributes, scripts, styles and titles. Each would set `owned`. */
export const attacks: readonly string[] = [
  '<script>owned=1;alert(1)</script>',
  '"><img src=x onerror=owned=1>',
  "'><svg onload=owned=1>",
  '</script><script>owned=1</script>',
  '</style></title><script>owned=1</script>',
  '<!--<script>',
  'javascript:owned=1',
  '"onfocus=owned=1 autofocus="',
  '<iframe srcdoc="<script>parent.owned=1</script>"></iframe>',
  '<base href=https://example.invalid/><link rel=stylesheet href=//example.invalid/x>',
  '`${owned=1}`\u202e\u2028\u0000&lt;script&gt;',
];

/** Fields that hold one of a few fixed words. */
const fixed = new Set([
  ...['schema', 'status', 'outcome', 'timing', 'trend', 'profile', 'question', 'verdict', 'kind'],
  ...['blocks', 'mechanism', 'runtime', 'sweep', 'size_param'],
  ...['method', 'because', 'region'],
]);

/** The sample run with the attack behind every text, the same behind the same. */
export function hostileRun(attack: string): Document {
  const run = withRemarks(sampleRun());
  return poisoned(run, '', attack) as Document;
}

/** Adds to the sample what it lacks: evidence, last words, remarks. */
function withRemarks(run: Document): Document {
  const [first, ...rest] = run.cases;
  const evidence = { path: 'slow' as const, detail: 'the optimized call was not taken' };
  const launches = run.raw.launches.map((launch) =>
    launch.outcome === 'done' ? launch : { ...launch, stderr_tail: 'last\nwords' }
  );
  const notes = [{ at: '2026-01-02T03:04:06.000Z', text: 'resumed' }];
  return { ...run, cases: [{ ...first!, evidence }, ...rest], raw: { launches, notes } };
}

function poisoned(value: unknown, field: string, attack: string): unknown {
  if (typeof value === 'string') return fixed.has(field) ? value : `${value}${attack}`;
  if (Array.isArray(value)) return value.map((item) => poisoned(item, field, attack));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [
      field === 'params' ? `${name}${attack}` : name,
      poisoned(item, name, attack),
    ]),
  );
}

/** The same, with runtimes and mechanisms, which stand in filters, attacked too. */
export function hostileWords(attack: string): Document {
  const run = sampleRun();
  const arms = run.arms.map((arm) => ({
    ...arm,
    runtime: `${arm.runtime}${attack}`,
    mechanism: `${arm.mechanism}${attack}`,
  }));
  return { ...run, arms };
}
