/** Structs by value as plain objects with a property for each field. */
import type { StructForm, StructValue } from '../src/catalogue/lane.ts';
import type { StructWord } from '../src/catalogue/words.ts';

type Fields = Record<string, number>;

/** How such a struct is made and read. */
export function objectForm({ struct }: StructWord): StructForm {
  const names = Object.keys(struct);
  const [firstName] = names as [string];
  const fieldsOf = (value: StructValue) => value as unknown as Fields;
  return {
    make: (fields) =>
      Object.fromEntries(names.map((name, i) => [name, fields[i]])) as unknown as StructValue,
    withFirst(value, first) {
      fieldsOf(value)[firstName] = first;
      return value;
    },
    fields: (value) => names.map((name) => Number(fieldsOf(value)[name]!)),
    first: (value) => fieldsOf(value)[firstName]!,
  };
}
