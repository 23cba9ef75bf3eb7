/** What can be told of a call before it is made: that it may be wrong and still not crash. */
import type { CallDescription, Recipe } from '../catalogue/foreign.ts';
import type { Word } from '../catalogue/words.ts';
import { countersOf } from './lengths.ts';
import type { Prototype } from './prototype.ts';
import { scalarBytes } from './c/types.ts';

/** Sentences on lengths that were given and lie beyond what they count. */
export function overruns(
  { symbol, parameters }: Prototype,
  { parameters: chosen, sweep }: CallDescription,
): string[] {
  return countersOf(parameters).flatMap((counter, place) => {
    if (counter === null || !('of' in counter)) return [];
    const count = countIn(chosen[place]!.recipe, sweep);
    const memory = chosen[counter.of]!;
    const bytes = bytesIn(memory.recipe);
    if (count === null || bytes === null) return [];
    const width = counter.per ?? parameters[counter.of]!.target!.bytes;
    if (count * width <= bytes) return [];
    const unit = width === 1 ? 'bytes' : 'elements';
    return [
      `${symbol}: ${parameters[place]!.name}=${count} is beyond the ${Math.floor(bytes / width)} ` +
      `${unit} of ${memory.name}: what it reads there is not its own.`,
    ];
  });
}

/** The number that a length is; of a sweep the greatest; null where it is computed. */
function countIn(recipe: Recipe, sweep: CallDescription['sweep']): number | null {
  if (recipe.from === 'sweep') return recipe.as === 'number' ? sweep!.sizes.at(-1)! : null;
  return recipe.from === 'value' && /^\d+$/.test(recipe.text) ? Number(recipe.text) : null;
}

function bytesIn(recipe: Recipe): number | null {
  if (recipe.from === 'bytes' || recipe.from === 'file') return recipe.bytes;
  if (recipe.from === 'list') return recipe.texts.length * scalarBytes(recipe.element);
  return recipe.from === 'text' ? new TextEncoder().encode(recipe.text).length + 1 : null;
}

/** How a word is passed: what differs in nothing but its sign, or what it points to, is alike. */
function passing(word: Word): string {
  if (typeof word !== 'string') return 'struct' in word ? 'struct' : 'pointer';
  return word === 'cstring' ? 'pointer' : word.replace(/^[iu](?=\d)/, 'int ');
}

/** A sentence where an installed header declares a function otherwise; null where it does not. */
export function contradiction(
  given: Prototype,
  declared: Prototype,
  header: string,
): string | null {
  const differ: string[] = [];
  if (passing(given.result) !== passing(declared.result)) {
    differ.push(`returns ${said(declared.result)}, not ${said(given.result)}`);
  }
  const [own, known] = [given.parameters, declared.parameters];
  if (own.length !== known.length) {
    differ.push(`takes ${known.length} arguments, not ${own.length}`);
  } else {
    own.forEach(({ word }, i) => {
      if (passing(word) === passing(known[i]!.word)) return;
      differ.push(`takes ${said(known[i]!.word)} for argument ${i + 1}, not ${said(word)}`);
    });
  }
  if (differ.length === 0) return null;
  return `${header} declares ${given.symbol} otherwise: it ${differ.join(', and ')}.`;
}

function said(word: Word): string {
  return typeof word === 'string' ? word : 'struct' in word ? 'a struct' : 'a pointer';
}
