/** What an arm is to the plan: a lane on one runtime and one library, under a label. */
import type { LaneRow } from '../../runtimes/registry.ts';
import type { FoundRuntime } from '../machine/runtimes.ts';

/** A library as asked for: `[LABEL=]PATH`; the label is null for the project's own. */
export interface LibraryFile {
  readonly label: string | null;
  readonly path: string;
  readonly sha256: string;
  /** The checkout whose workers open it; absent for this one. */
  readonly checkout?: string;
}

/** An arm, with what is needed to launch it. */
export interface RunArm {
  readonly label: string;
  readonly row: LaneRow;
  readonly runtime: FoundRuntime;
  /** Null for a lane that opens none. */
  readonly library: LibraryFile | null;
}
