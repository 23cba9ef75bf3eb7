/** mitata as launches use it. */
export { gc, k_batch_unroll, measure, now } from 'mitata/src/lib.mjs';
