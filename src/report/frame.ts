/**
 * The lines of terminal tables.
 */

/** No upright lines, which cost width; one line under the titles. */
export const frame = {
  ...Object.fromEntries(
    ['top', 'bottom', 'left', 'right', 'mid'].flatMap((edge) => [
      [edge, ''],
      ...['mid', 'left', 'right'].map((joint) => [`${edge}-${joint}`, '']),
    ]),
  ),
  middle: '',
  mid: '─',
};
