/** mitata as launches use it. */
import './first_gc.ts';

export { gc, k_batch_unroll, measure, now } from 'mitata/src/lib.mjs';
