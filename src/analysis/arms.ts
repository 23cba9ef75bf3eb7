/** How arms relate: the same binary, the same binary under two labels, versions of one lane. */
import type { Arm } from '../results/schema.ts';

/** Whether two arms run the same binary of a runtime. */
export function sameBinary(a: Arm, b: Arm): boolean {
  return a.runtime === b.runtime && a.path === b.path && a.version === b.version;
}

/** Whether two arms are the same binary, flags and library under two labels. */
export function areTwins(a: Arm, b: Arm): boolean {
  return a.label !== b.label && identityOf(a) === identityOf(b);
}

/** Whether two arms are one lane on two binaries, or with two libraries. */
export function areVersions(a: Arm, b: Arm): boolean {
  return a.lane === b.lane && identityOf(a) !== identityOf(b);
}

/** Arms without those that are only a second label of one before them. */
export function withoutTwins(arms: readonly Arm[]): Arm[] {
  return arms.filter((arm, index) => !arms.slice(0, index).some((other) => areTwins(other, arm)));
}

function identityOf({ lane, path, version, flags, library }: Arm): string {
  return JSON.stringify([lane, path, version, flags, library?.sha256 ?? null]);
}
