/** Instructions per call as a bar, cut by whose code they are. */
import type { Case } from '../../results/schema.ts';
import { instructionsText, rangeText } from '../words/instructions.ts';
import { Markup, markup } from './markup.ts';

const width = 120;
const regions = ['generated', 'glue', 'runtime', 'builtins', 'library', 'other'];

/** The bar with its count; nothing where none were counted. */
export function instructionsBar({ instructions }: Case, runtime: string): Markup | string {
  if (!instructions || instructions.reason !== null || instructions.per_call.high === 0) return '';
  const total = instructions.regions.reduce((sum, { high }) => sum + high, 0);
  let start = 0;
  const parts = total === 0 ? [] : instructions.regions.map(({ region, high }) => {
    const from = start;
    start += high / total * width;
    return `<path class="r${Math.max(0, regions.indexOf(region))}" d="M${from.toFixed(1)} 4H${
      start.toFixed(1)
    }"/>`;
  });
  const words = instructionsText(instructions, runtime);
  const frame = markup`<svg class="in" viewBox="0 0 ${width} 8" role="img" aria-label="${words}">`;
  return markup`<span class="ins" title="${words}">${frame}${new Markup(parts.join(''))}</svg>
${rangeText(instructions.per_call)} instructions</span>`;
}
