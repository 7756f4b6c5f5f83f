/** Weights that a run begins with or goes on from. */
import { layout, type Slot } from '../../autodiff/index.ts';
import { modelParameters } from '../../models/index.ts';
import { taskOf, type RunSpec } from '../spec/spec.ts';

/** A model as it was at some step of a run. */
export interface Weights {
  spec: RunSpec;
  /** steps done */
  step: number;
  /** [R, P], as in the arena */
  parameters: Float32Array<ArrayBuffer>;
}

/** All that a run needs to go on with the same bits. */
export interface Checkpoint extends Weights {
  /** each [R, P] */
  moments: Float32Array<ArrayBuffer>[];
  /** [R, 16] words, the random state among them */
  state: Uint32Array<ArrayBuffer>;
}

/** Where each parameter lies in a replica's slice [P], and P. */
export function rowsOf(spec: RunSpec): { slots: Slot[]; length: number } {
  return layout(modelParameters(spec.model, taskOf(spec).shape));
}
