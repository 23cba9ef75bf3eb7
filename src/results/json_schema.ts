/**
 * The published JSON Schema of a result document, made from the same definitions as the types.
 */
import { Document, schemaName } from './schema.ts';

/** The text of schema/ffi-bench-v1.schema.json. A test compares the two. */
export function jsonSchemaText(): string {
  const schema = {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: schemaName,
    description: 'A result document of ffi-bench: what calls into native code cost on one machine.',
    ...JSON.parse(JSON.stringify(Document)),
  };
  return `${JSON.stringify(schema, null, 2)}\n`;
}
