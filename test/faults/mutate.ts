/** Makes bad documents of good ones, by a seed: in their values and in their text. */
type Random = () => number;

/** Values that readers are known to stumble over. */
const oddValues: readonly unknown[] = [
  null,
  true,
  0,
  -1,
  -0,
  0.5,
  1e308,
  2 ** 53,
  Number.MIN_VALUE,
  '',
  '\u0000',
  '<script>alert(1)</script>',
  '\ud800',
  'é'.repeat(150),
  'a'.repeat(9000),
  '😀'.repeat(120),
  '__proto__',
  '2026-13-45T99:99:99Z',
  [],
  {},
  [[[[[[]]]]]],
  { __proto__: null, constructor: 1, toString: 2 },
];

/** Text that is put somewhere into the text of a document. */
const oddTexts = [
  '',
  ',',
  '}',
  '{',
  '"',
  '\\',
  '\u0000',
  '1e999',
  '-',
  '\ufeff',
  '\\ud800',
  'null',
];

const pick = <T>(list: readonly T[], random: Random): T =>
  list[Math.floor(random() * list.length)]!;

/** A container somewhere below a value, chosen on a random way down. */
function descend(value: object, random: Random): object {
  let here = value;
  for (let depth = 0; depth < 8; depth++) {
    const below = Object.values(here).filter((one) => typeof one === 'object' && one !== null);
    if (below.length === 0 || random() < 0.15) break;
    here = pick(below, random);
  }
  return here;
}

/** Changes one to three places of a parsed document. */
function mutateValue(document: object, random: Random): void {
  for (let count = 1 + Math.floor(random() * 3); count > 0; count--) {
    const place = descend(document, random) as Record<string, unknown>;
    const keys = Object.keys(place);
    const key = keys.length === 0 ? 'x' : pick(keys, random);
    const kind = random();
    if (kind < 0.5) place[key] = structuredClone(pick(oddValues, random));
    else if (kind < 0.65) delete place[key];
    else if (kind < 0.75) place[pick(['x', 'toString', 'constructor'], random)] = 1;
    else if (kind < 0.85 && typeof place[key] === 'number') place[key] = -(place[key] as number);
    else if (kind < 0.95) place[key] = structuredClone(place[pick([...keys, 'x'], random)]);
    else if (Array.isArray(place)) place.push(...structuredClone([place[0], place[1]]));
    else place[key] = JSON.stringify(place[key]);
  }
}

/** Changes the text of a document: cut off, doubled, or with something put in. */
function mutateText(text: string, random: Random): string {
  const at = Math.floor(random() * text.length);
  const kind = random();
  if (kind < 0.3) return text.slice(0, at);
  if (kind < 0.4) return text + text.slice(at);
  if (kind < 0.5) return '['.repeat(at) + text;
  if (kind < 0.6) return text.replace('"schema":', '"schema":"x","schema":');
  const until = at + Math.floor(random() * 4);
  return text.slice(0, at) + pick(oddTexts, random) + text.slice(until);
}

/** The text of a mutated copy of a document. */
export function mutated(text: string, random: Random): string {
  if (random() < 0.2) return mutateText(text, random);
  const document = JSON.parse(text) as object;
  mutateValue(document, random);
  return JSON.stringify(document);
}
