/** Frames over the snapshots of runs that are compared: those of the first give the steps. */
import type { RunResult, Snapshot } from '../worker/protocol.ts';

/** The steps at which a run was looked at. */
export const stepsOf = ({ snapshots = [] }: RunResult): number[] => snapshots.map(({ step }) => step);

/** Something of the snapshots of a run at these steps; null where there is none. */
export function over<T>(
  run: RunResult | undefined,
  steps: readonly number[],
  of: (snapshot: Snapshot) => T,
): (T | null)[] {
  const byStep = new Map(run?.snapshots?.map((snapshot) => [snapshot.step, snapshot]));
  return steps.map((step) => {
    const snapshot = byStep.get(step);
    return snapshot ? of(snapshot) : null;
  });
}

/** Remembers what was computed of a snapshot: a run under way gets one more now and then, and the others stay. */
export function remembering<T>(of: (snapshot: Snapshot) => T): (snapshot: Snapshot) => T {
  const known = new WeakMap<Snapshot, T>();
  return (snapshot) => {
    let value = known.get(snapshot);
    if (value === undefined) known.set(snapshot, (value = of(snapshot)));
    return value;
  };
}
