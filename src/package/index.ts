/**
 * The library face of the package, `import … from 'ffi-bench'`: result documents read, compared and
 * merged, for those who draw their own pictures, and what a task file of `call` is written with.
 */
export { openDocument as readDocument, parseDocument } from '../analysis/open.ts';
export { compareDocuments as compare, regressionsOver } from '../analysis/comparison.ts';
export type { Change, Comparison } from '../analysis/comparison.ts';
export { mergeDocuments as merge } from '../results/merge.ts';
export { recompute } from '../analysis/recompute.ts';
export { InputError } from '../results/input_error.ts';
export type { Document } from '../results/schema.ts';
export * from '../call/api.ts';
