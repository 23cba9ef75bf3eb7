/** How many launches have no cost, and why. */
import type { CaseFigures } from '../../results/schema_derived.ts';

/** Sustained over what a call takes, on a busy core too, from which a reader is told. */
export const sustainedLimit = 1.1;

/** `2 of 8 never settled, 1 of 8 met no free core`; empty where every launch has a cost. */
export function withoutCostText({ launches }: Pick<CaseFigures, 'launches'>): string {
  const { done, never_settled: never, no_free_core: busy } = launches;
  return [
    ...never > 0 ? [`${never} of ${done} never settled`] : [],
    ...busy > 0 ? [`${busy} of ${done} met no free core`] : [],
  ].join(', ');
}
