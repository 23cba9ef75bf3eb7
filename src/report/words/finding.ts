/** What a section is before it is drawn: sentences under titles, and tables of texts. */

/** Sentences that stand under one title; without a title where there is but one group. */
export interface Sentences {
  readonly title: string;
  readonly sentences: readonly string[];
}

/** A table: the first column names, the others are figures. */
export interface Grid {
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** A section, ready to be drawn. Empty where the document has nothing for it. */
export interface Finding {
  readonly title: string;
  /** What the figures mean, in a sentence. */
  readonly says: string;
  readonly groups: readonly Sentences[];
  readonly grids: readonly Grid[];
}

/** Whether there is nothing in a section. */
export function isEmpty({ groups, grids }: Finding): boolean {
  return groups.length === 0 && grids.length === 0;
}
