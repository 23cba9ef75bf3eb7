/**
 * What a message of a worker must hold. A worker is another process: whatever it says goes
 * into a journal and a document, so that a wrong field is refused here, in a sentence, and nowhere
 * later.
 */
import { type AllocatedReason, allocatedReasons } from '../results/schema_launch.ts';
import { type StepKind, stepKinds } from '../worker/protocol.ts';

/** More than any launch lasts, in ns (eleven days); sums of such times stay finite. */
const longestNs = 1e15;
/** More batches than any launch makes. */
const mostBatches = 1_000_000;

type Check = (value: unknown) => boolean;

const text: Check = (value) => typeof value === 'string';
const count: Check = (value) => Number.isSafeInteger(value) && (value as number) >= 0;
const oneOrMore: Check = (value) => count(value) && (value as number) >= 1;
const amount: Check = (value) =>
  typeof value === 'number' && value >= 0 && value <= Number.MAX_SAFE_INTEGER;
const timeNs: Check = (value) => amount(value) && (value as number) <= longestNs;
const orNull = (check: Check): Check => (value) => value === null || check(value);
const orAbsent = (check: Check): Check => (value) => value === undefined || check(value);
const listOf = (check: Check, most: number): Check => (value) =>
  Array.isArray(value) && value.length <= most && value.every(check);
const object: Check = (value) =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const batches: Check = (value) => listOf(timeNs, mostBatches)(value) && (value as []).length > 0;

/** More stretches than any launch steps, and more regions than any of them holds. */
const mostPairs = 16;
const mostRegions = 64;
const region: Check = (value) => {
  const { kind, path, instructions } = (value ?? {}) as Record<string, unknown>;
  return stepKinds.includes(kind as StepKind) && text(path) && count(instructions);
};
const stretch: Check = (value) => {
  const { instructions, regions } = (value ?? {}) as Record<string, unknown>;
  return count(instructions) && listOf(region, mostRegions)(regions);
};
const pair: Check = (value) => listOf(stretch, 2)(value) && (value as unknown[]).length === 2;

/** The fields of each message, with what must stand in them. */
const fields: Readonly<Record<string, Readonly<Record<string, Check>>>> = {
  hello: { protocol: count, lane: text, case: text },
  manifest: { manifest: object },
  verified: { checks: count, answers: listOf(text, 10_000) },
  piloted: { calls_per_batch: oneOrMore, calls_before: orAbsent(count) },
  measured: {
    calls_per_batch: oneOrMore,
    begins_ns: batches,
    batches_ns: batches,
    probes: listOf(count, 2 * mostBatches),
    crossings_per_call: amount,
    allocated_bytes_per_call: orNull(amount),
    allocated_because: orAbsent((value) => allocatedReasons.includes(value as AllocatedReason)),
    involuntary_switches: orNull(count),
  },
  stepped: { calls: count, pairs: listOf(pair, mostPairs), reason: orNull(text) },
  case: {
    case: text,
    outcome: (value) => ['done', 'failed', 'unsupported'].includes(value as string),
    reason: orNull(text),
    checks: count,
  },
  verified_hot: { checks: count },
  done: {},
  unsupported: { reason: text },
  refused: { reason: text },
  failed: { reason: text },
};

/** What is wrong with a message's fields, or null. */
export function messageFault(message: Readonly<Record<string, unknown>>): string | null {
  const type = String(message.type);
  if (!Object.hasOwn(fields, type)) return `there is no message "${type.slice(0, 80)}".`;
  const wrong = Object.entries(fields[type]!)
    .find(([name, check]) => !check(message[name]));
  if (wrong === undefined) return type === 'measured' ? lengthFault(message) : null;
  return `"${type}" has no usable "${wrong[0]}": ${shown(message[wrong[0]])}.`;
}

/** The lists of a recording have one entry per batch, or two. */
function lengthFault(message: Readonly<Record<string, unknown>>): string | null {
  const length = (name: string) => (message[name] as readonly number[]).length;
  const batches = length('batches_ns');
  if (length('begins_ns') !== batches) {
    return `"measured" tells when ${length('begins_ns')} batches began, and times ${batches}.`;
  }
  const probes = length('probes');
  if (probes === 0 || probes === 2 * batches) return null;
  return `"measured" has ${probes} probes for ${batches} batches: there must be two each, or none.`;
}

/** A foreign value, short. */
function shown(value: unknown): string {
  return value === undefined ? 'nothing' : JSON.stringify(value).slice(0, 80);
}
