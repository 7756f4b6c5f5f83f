/** The first losses of a recorded experiment: an engine that computes otherwise than the one that recorded it gives others. */
import type { RunResult } from '../worker/protocol.ts';

export const FIRST_STEPS = 3;

/** Of replica 0 of the plan's first run; none where nothing is trained. */
export function firstLosses(
  runs: ReadonlyMap<string, RunResult>,
  specs: Readonly<Record<string, unknown>>,
): number[] {
  const [key] = Object.keys(specs);
  const run = key === undefined ? undefined : runs.get(key);
  return Array.from(run?.losses.values[0]?.slice(0, FIRST_STEPS) ?? []);
}
