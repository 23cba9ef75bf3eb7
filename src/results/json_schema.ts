/**
 * The published JSON Schemas of a result document and of a merged one, made from the same
 * definitions as the types.
 */
import type { TSchema } from 'typebox';
import { documentSchemaFile, MergedByReference, mergedSchemaName } from './merge.ts';
import { Document, schemaName } from './schema.ts';

/** Texts of the files under schema/, by name. A test compares them. */
export function jsonSchemaFiles(): Record<string, string> {
  return {
    [documentSchemaFile]: textOf(
      Document,
      schemaName,
      'A result document of ffi-bench: what calls into native code cost on one machine.',
    ),
    'ffi-bench-merged-v2.schema.json': textOf(
      MergedByReference,
      mergedSchemaName,
      'Result documents of ffi-bench set beside each other, each whole, under a label of its own.',
    ),
  };
}

function textOf(schema: TSchema, title: string, description: string): string {
  const whole = {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title,
    description,
    ...JSON.parse(JSON.stringify(schema)),
  };
  return `${JSON.stringify({ ...whole, title }, null, 2)}\n`;
}
