/** The library face of the package: result documents read, checked, compared and derived anew. */
export { type Document } from '../results/schema.ts';
export { readDocument } from '../results/document.ts';
