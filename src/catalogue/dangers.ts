/**
 * What every lane is asked beside its answers: the ways in which a foreign function interface can
 * be wrong without an error. A lane that is wrong says how in the registry. A test checks that on
 * the lane itself, in both directions, in cold code and in hot.
 */

/** What must hold, by the name of the danger. */
export const dangers = {
  wide_pointer: 'an address of 2^64 + 5 is refused',
  high_pointer: 'an address of 2^53 and more keeps every bit, or is refused',
  tagged_pointer: 'an address with a tag in its upper bits goes out of C and back as it was',
  detached_buffer: 'a detached buffer is refused, or is passed without memory',
  resized_buffer: 'a buffer that has grown or shrunk is refused, or is passed as it is now',
  view_offset: 'a view that begins inside of its buffer is passed from there on',
  moved_buffer: 'the address of a buffer is its address later too, whatever is done with it',
} as const;

export type Danger = keyof typeof dangers;
