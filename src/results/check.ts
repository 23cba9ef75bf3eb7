/**
 * Checks foreign values against the schemas and against what a schema cannot say, and puts what is
 * wrong into sentences: the place, what was found there, and what must stand there.
 */
import type { TSchema } from 'typebox';
import { Compile, type Validator } from 'typebox/compile';
import { shownValue } from './input_error.ts';
import { keyOf } from './keys.ts';
import type { Launch, RawDocument } from './schema.ts';

interface SchemaError {
  readonly keyword: string;
  readonly instancePath: string;
  readonly params: object;
  readonly message: string;
}

/** Most faults that are listed of one value. */
const mostFaults = 3;

const validators = new WeakMap<TSchema, Validator>();

/** What is wrong with a value by its schema, in up to three sentences; empty where nothing is. */
export function schemaFaults(schema: TSchema, value: unknown): string[] {
  let validator = validators.get(schema);
  if (!validator) {
    validator = Compile(schema) as Validator;
    validators.set(schema, validator);
  }
  if (validator.Check(value)) return [];
  const errors = validator.Errors(value) as SchemaError[];
  const sentences = new Set(telling(errors).map((error) => sentenceOf(error, value)));
  return [...sentences].slice(0, mostFaults);
}

/**
 * What is wrong with a document that its schema lets pass: names that are used twice or not listed,
 * launches whose figures do not fit their outcome, quantiles out of order.
 */
export function contentFaults(document: RawDocument): string[] {
  const arms = new Set<string>();
  const cases = new Set<string>();
  const faults: string[] = [];
  for (const [index, { label }] of document.arms.entries()) {
    if (arms.has(label)) faults.push(`/arms/${index}/label repeats ${shownValue(label)}.`);
    arms.add(label);
  }
  for (const [index, item] of document.cases.entries()) {
    const place = `/cases/${index}`;
    if (!arms.has(item.arm)) faults.push(`${place}/arm is ${shownValue(item.arm)}: no such arm.`);
    if (cases.has(keyOf(item))) faults.push(`${place} repeats a case: ${shownValue(item.case)}.`);
    cases.add(keyOf(item));
  }
  for (const [index, launch] of document.raw.launches.entries()) {
    const place = `/raw/launches/${index}`;
    if (!cases.has(keyOf(launch))) {
      faults.push(`${place} belongs to no listed case: ${shownValue(launch.case)}.`);
    }
    faults.push(...launchFaults(launch).map((fault) => `${place}${fault}`));
    if (faults.length >= mostFaults) break;
  }
  return faults.slice(0, mostFaults);
}

/** What is wrong with a launch beyond its schema; each fault starts with the place inside it. */
export function launchFaults({ outcome, measured }: Launch): string[] {
  if ((outcome === 'done') !== (measured !== null)) {
    return [`/measured must stand in launches that are done and nowhere else.`];
  }
  return [
    ...isAscending(measured?.quantiles_ns) ? [] : ['/measured/quantiles_ns must ascend.'],
    ...isAscending(measured?.free?.quantiles_ns)
      ? []
      : ['/measured/free/quantiles_ns must ascend.'],
  ];
}

function isAscending(values: readonly number[] = []): boolean {
  return values.every((value, index) => index === 0 || value >= values[index - 1]!);
}

/** The errors that say something: not the far side of "or null", and not a union's summary. */
function telling(errors: readonly SchemaError[]): readonly SchemaError[] {
  const useful = errors.filter(({ keyword, params }) =>
    keyword !== 'anyOf' && keyword !== 'boolean' &&
    !(keyword === 'type' && (params as { type?: unknown }).type === 'null')
  );
  return useful.length > 0 ? useful : errors;
}

function sentenceOf({ keyword, instancePath, params, message }: SchemaError, root: unknown) {
  const place = instancePath === '' ? '/' : instancePath;
  const listed = (name: string) =>
    shownValue(((params as Record<string, unknown>)[name] as unknown[])?.[0]);
  if (keyword === 'required') return `${place} lacks the field ${listed('requiredProperties')}.`;
  if (keyword === 'additionalProperties') {
    return `${place} has the unknown field ${listed('additionalProperties')}.`;
  }
  const found = valueAt(root, instancePath);
  return `${place} is ${shownValue(found)}: it ${message}.`;
}

function valueAt(root: unknown, pointer: string): unknown {
  return pointer.split('/').slice(1).reduce<unknown>((value, part) => {
    const name = part.replaceAll('~1', '/').replaceAll('~0', '~');
    return (value as Record<string, unknown> | null | undefined)?.[name];
  }, root);
}
