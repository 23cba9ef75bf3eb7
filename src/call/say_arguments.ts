/** The arguments of a call as a line, as they would be given by `--arg`. */
import type { CallDescription, Length, Parameter, Recipe } from '../catalogue/foreign.ts';

type Said = Pick<CallDescription, 'parameters' | 'sweep'>;

/** `crc=0 buf=bytes:1024 len=len(buf)`. */
export function sayArguments({ parameters, sweep }: Said): string {
  return parameters.map(({ name, recipe }) => `${name}=${say(recipe, parameters, sweep)}`).join(
    ' ',
  );
}

/** Longest list that is shown, in elements. */
const longestList = 8;

function say(recipe: Recipe, parameters: readonly Parameter[], sweep: Said['sweep']): string {
  const sizes = sweep === null ? '' : `${sweep.sizes[0]}..${sweep.sizes.at(-1)}`;
  switch (recipe.from) {
    case 'value':
      return recipe.text;
    case 'fields':
      return `{${recipe.texts.join(', ')}}`;
    case 'null':
      return 'null';
    case 'bytes':
      return `${recipe.fill === 'zeros' ? 'zeros' : 'bytes'}:${recipe.bytes}`;
    case 'list': {
      const shown = recipe.texts.slice(0, longestList).join(',');
      return `[${shown}${recipe.texts.length > longestList ? ',…' : ''}]`;
    }
    case 'file':
      return `file:${recipe.path}`;
    case 'text':
      return JSON.stringify(recipe.text);
    case 'length':
      return sayLength(recipe, parameters);
    case 'cell':
      return recipe.length === null ? recipe.text! : sayLength(recipe.length, parameters);
    case 'sweep':
      return recipe.as === 'bytes' ? `bytes:${sizes}` : sizes;
    case 'callback':
      return recipe.source;
  }
}

function sayLength({ of, unit, per }: Length, parameters: readonly Parameter[]): string {
  const said = `${unit === 'bytes' ? 'size' : 'len'}(${parameters[of]!.name})`;
  return per === undefined ? said : `${said}/${per}`;
}
