/** TypeScript's word for what a JSON Schema describes, as far as the published schemas go. */

/** A JSON Schema, as typebox makes it. */
export interface JsonSchema {
  readonly type?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly JsonSchema[];
  readonly items?: JsonSchema;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly patternProperties?: Readonly<Record<string, JsonSchema>>;
}

const scalars: Readonly<Record<string, string>> = {
  string: 'string',
  number: 'number',
  integer: 'number',
  boolean: 'boolean',
  null: 'null',
};

/** The type, on as many lines as it has fields. Throws for a schema that it has no word for. */
export function typeOfSchema(schema: JsonSchema, indent = ''): string {
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum !== undefined) return schema.enum.map((one) => JSON.stringify(one)).join(' | ');
  if (schema.anyOf !== undefined) {
    return schema.anyOf.map((one) => typeOfSchema(one, indent)).join(' | ');
  }
  if (schema.items !== undefined) return `Array<${typeOfSchema(schema.items, indent)}>`;
  if (schema.patternProperties !== undefined) {
    const values = Object.values(schema.patternProperties).map((one) => typeOfSchema(one, indent));
    return `Record<string, ${values.join(' | ')}>`;
  }
  if (schema.properties !== undefined) return typeOfFields(schema, indent);
  // A schema of nothing takes everything.
  if (schema.type === undefined) return 'unknown';
  const scalar = scalars[schema.type];
  if (scalar === undefined) throw new Error(`No type for the schema ${JSON.stringify(schema)}.`);
  return scalar;
}

function typeOfFields({ properties = {}, required = [] }: JsonSchema, indent: string): string {
  const inner = `${indent}  `;
  const lines = Object.entries(properties).map(([name, one]) =>
    `${inner}${JSON.stringify(name)}${required.includes(name) ? '' : '?'}: ${
      typeOfSchema(one, inner)
    };`
  );
  return `{\n${lines.join('\n')}\n${indent}}`;
}
