/** Reads mutated documents, and holds what is accepted against another validator of the schema. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { root } from '../../src/boot/versions.mjs';
import { recompute } from '../../src/analysis/recompute.ts';
import { parseDocument } from '../../src/analysis/open.ts';
import { stringifyDocument } from '../../src/results/document.ts';
import { InputError } from '../../src/results/input_error.ts';
import { seeded } from '../../src/planning/random.ts';
import { buildArm, buildRun } from '../golden/build_run.ts';
import { mutated } from './mutate.ts';

const { Ajv2020 } = createRequire(import.meta.url)('ajv/dist/2020.js');

/** What became of so many mutated documents. */
export interface Tally {
  readonly accepted: number;
  readonly refused: number;
  /** Longest time that one took, in ms. */
  readonly longestMs: number;
}

/** Reads `count` mutated documents; throws where one was accepted or refused in a wrong way. */
export function readMutated(count: number, seed: number): Tally {
  const schema = JSON.parse(readFileSync(join(root, 'schema', 'ffi-bench-v2.schema.json'), 'utf8'));
  const validate = new Ajv2020({ strict: false }).compile(schema);
  const random = seeded(seed);
  const cases = { 'deno.ffi': { costs: [4, 4.1, null] }, 'bun.ffi': { costs: [2, 2.1, 2.2] } };
  const text = stringifyDocument(
    buildRun([buildArm('deno.ffi'), buildArm('bun.ffi')], [{ task: 'call.noop', cases }]),
  );
  const tally = { accepted: 0, refused: 0, longestMs: 0 };
  for (let i = 0; i < count; i++) {
    const bad = mutated(text, random);
    const started = performance.now();
    const document = read(bad, i);
    tally.longestMs = Math.max(tally.longestMs, performance.now() - started);
    if (document === null) {
      tally.refused++;
      continue;
    }
    tally.accepted++;
    assert.ok(
      validate(JSON.parse(bad)),
      `document ${i} was accepted although ${JSON.stringify(validate.errors?.slice(0, 2))}`,
    );
    recompute(document);
  }
  readMutatedOld(Math.ceil(count / 10), random);
  return tally;
}

/** Documents of an older version: whatever is in them, they open or are refused in a sentence. */
function readMutatedOld(count: number, random: () => number): void {
  const text = readFileSync(join(root, 'test', 'fixtures', 'ffi-bench-v1.json'), 'utf8');
  for (let i = 0; i < count; i++) read(mutated(text, random), i);
}

function read(text: string, index: number) {
  try {
    return parseDocument(text, 'mutated.json');
  } catch (error) {
    assert.ok(error instanceof InputError, `document ${index}: ${(error as Error).stack}`);
    assert.ok(error.message.length < 2000, `document ${index}: ${error.message.length} characters`);
    // deno-lint-ignore no-control-regex
    assert.ok(!/[\u0000-\u001f\u007f]/.test(error.message), `document ${index}: ${error.message}`);
    return null;
  }
}
