/** What a model was at some steps of its run, for pictures of the inside: weights of replica 0, or what all replicas answer. */
import { encodeFloats } from '../../floats.ts';

/**
 * What is looked at: parameters by name, where names that a model lacks are passed over, or what every replica answers
 * to so many rows of the validation set.
 */
export type Watch = 'all' | readonly string[] | Asking;
export interface Asking {
  answers: number;
}

/** Most rows that can be asked for. */
export const MOST_ANSWERS = 64;

/** A parameter, or a part of what a model is. */
export interface Watched {
  shape: readonly number[];
  /** base64 of 32-bit floats, row-major (src/floats.ts) */
  values: string;
}

export interface Snapshot {
  /** updates done */
  step: number;
  weights: Record<string, Watched>;
  /**
   * Class ids by replica, row and scored position: the likeliest after what truly comes before it, so that a row is
   * answered rightly as a whole exactly where a model that hears its own answers would.
   */
  answers?: number[][][];
}

/** The next snapshot is taken after so many steps, as a share of those done: curves over steps have logarithmic axes. */
const APART = 0.1;

/** Whether a snapshot is taken at an evaluation after `step` updates. */
export function isWatched(step: number, last: number | undefined, steps: number): boolean {
  return last === undefined || step === steps || step - last >= Math.max(1, APART * last);
}

/** @param values of one replica, those of each parameter by its name */
export function snapshotOf(
  step: number,
  values: ReadonlyMap<string, { shape: readonly number[]; values: Float32Array<ArrayBuffer> }>,
  watch: Exclude<Watch, Asking>,
): Snapshot {
  const chosen = [...values].filter(([name]) => watch === 'all' || watch.includes(name));
  return {
    step,
    weights: Object.fromEntries(
      chosen.map(([name, { shape, values }]) => [name, { shape, values: encodeFloats(values) }]),
    ),
  };
}
