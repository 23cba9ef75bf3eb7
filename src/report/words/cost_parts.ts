/** The words of the view "Where the cost sits". */

/** Titles of the columns. */
export const partTitles = ['Task', 'Lane', 'Cost', '', 'Crossing', 'Conversion', 'Work'] as const;

/** The last column: it is no part of the cost. */
export const collectionTitle = 'Beside it';

/** What the parts are, above the table. */
export const partsText =
  'Crossing: an empty call of the same lane, for each time that the task crosses. ' +
  'Work: the same task called from C, without its empty call. ' +
  'Conversion: what is left. ' +
  'Beside it: what a whole launch takes above the cost, which is mostly garbage collection. ' +
  'Each is a difference of medians, and stands only where it is larger than their intervals.';

/** Where there is nothing to show. */
export const noParts = 'No task of several sizes was measured both in a lane and from C.';
