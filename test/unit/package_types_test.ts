// The types of documents that the package ships are those that its schemas say.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import Type from 'typebox';
import { type JsonSchema, typeOfSchema } from '../../src/package/schema_types.ts';

const typeOf = (schema: unknown) => typeOfSchema(schema as JsonSchema);

test('typeOfSchema has a word for each kind of schema that documents use', () => {
  assert.equal(typeOf(Type.String({ maxLength: 3 })), 'string');
  assert.equal(typeOf(Type.Integer()), 'number');
  assert.equal(typeOf(Type.Literal('a')), '"a"');
  assert.equal(typeOf(Type.Union([Type.Number(), Type.Null()])), 'number | null');
  assert.equal(
    typeOf(Type.Array(Type.Union([Type.Number(), Type.Null()]))),
    'Array<number | null>',
  );
  assert.equal(typeOf(Type.Record(Type.String(), Type.Boolean())), 'Record<string, boolean>');
  assert.equal(typeOf({}), 'unknown');
});

test('typeOfSchema marks the fields that may be left out', () => {
  const schema = Type.Object({
    a: Type.Number(),
    b: Type.Optional(Type.Object({ c: Type.Null() })),
  });
  assert.equal(typeOf(schema), '{\n  "a": number;\n  "b"?: {\n    "c": null;\n  };\n}');
});

test('typeOfSchema refuses what it has no word for', () => {
  assert.throws(() => typeOf({ type: 'bigint' }), /No type for the schema/);
});
