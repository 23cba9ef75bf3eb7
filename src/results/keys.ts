/** How launches belong to cases, and which launches count for nothing. */
import type { Launch } from './schema.ts';

/** Key of the case that a launch or a case entry belongs to. */
export function keyOf(item: { readonly case: string; readonly arm: string }): string {
  return `${item.case}\n${item.arm}`;
}

/**
 * Marks of launches whose time means nothing: the clock stepped or the machine slept meanwhile, or
 * the binary was another. They stay in the raw part and count for no figure.
 */
export const setAsideMarks: readonly string[] = ['clock_step', 'suspended', 'replaced'];

/** Whether a launch was done at a bad time, and counts for nothing. */
export function isSetAside({ marks }: Pick<Launch, 'marks'>): boolean {
  return marks.some((mark) => setAsideMarks.includes(mark));
}
