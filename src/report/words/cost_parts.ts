/** The words of the view "Where the cost sits". */

/** Titles of the columns. */
export const partTitles = ['Task', 'Lane', 'Cost', '', 'Crossing', 'Conversion', 'Work'] as const;

/** The last column: it is no part of the cost. */
export const collectionTitle = 'Above the cost';

/** What the parts are, above the table. */
export const partsText =
  'Crossing: an empty call of the same lane, for each time that the task crosses. ' +
  'Work: the same task called from C, without its empty call, and at most what is left of the ' +
  'cost. Conversion: the rest. ' +
  'Above the cost: what a whole launch takes beyond it, which is mostly garbage collection. ' +
  'Each is a difference of medians, and stands only where it is larger than their intervals. ' +
  "WebAssembly is left out: its work is not the machine code that C's is.";

/** Where there is nothing to show. */
export const noParts = 'No task of several sizes was measured both in a lane and from C.';
