/** What references work on. */

/** Float32 on a device; float64 where a reference is the oracle of a kernel. */
export type Floats = Float32Array | Float64Array;

/** One replica's row of the state (kernels/state.ts). */
export type State = Uint32Array;

/** The same words as floats, for those that hold one. */
export function floatsOf(state: State): Float32Array {
  return new Float32Array(state.buffer, state.byteOffset, state.length);
}
