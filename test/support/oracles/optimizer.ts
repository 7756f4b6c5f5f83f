/** Optimizers in float64, with a factor on the weight decay for each element. */
import { adamw, sgd } from '../../../src/cpu/optimizer.ts';
import { floatsOf } from '../../../src/cpu/arrays.ts';
import { STATE, STATE_WORDS } from '../../../src/kernels/state.ts';

/** What one update of one replica needs besides its arrays. */
export interface Setting {
  learningRate: number;
  weightDecay: number;
  /** 1 at the first update */
  t: number;
  /** factor on the gradients */
  scale: number;
  /** factor on the weight decay of element i */
  decay: (i: number) => number;
}

function stateOf({ learningRate, weightDecay, t, scale }: Setting): Uint32Array {
  const state = new Uint32Array(STATE_WORDS);
  state[STATE.step] = t;
  const floats = floatsOf(state);
  floats[STATE.learningRate] = learningRate;
  floats[STATE.weightDecay] = weightDecay;
  floats[STATE.gradientScale] = scale;
  return state;
}

const EACH = { block: 1, clips: true };

export class AdamW {
  private readonly m: Float64Array;
  private readonly v: Float64Array;

  constructor(
    readonly parameters: Float64Array,
    private readonly beta1: number,
    private readonly beta2: number,
    private readonly epsilon: number,
  ) {
    this.m = new Float64Array(parameters.length);
    this.v = new Float64Array(parameters.length);
  }

  update(gradients: ArrayLike<number>, setting: Setting): void {
    const { parameters, m, v, beta1, beta2, epsilon } = this;
    const decay = parameters.map((_, i) => setting.decay(i));
    const settings = { beta1, beta2, epsilon, rate: 1, ...EACH };
    adamw(Float64Array.from(gradients), decay, stateOf(setting), parameters, m, v, undefined, settings);
  }
}

export class SGD {
  private readonly buffer: Float64Array;

  constructor(
    readonly parameters: Float64Array,
    private readonly momentum: number,
  ) {
    this.buffer = new Float64Array(parameters.length).fill(NaN);
  }

  update(gradients: ArrayLike<number>, setting: Setting): void {
    const { parameters, momentum, buffer } = this;
    const decay = parameters.map((_, i) => setting.decay(i));
    const settings = { momentum, ...EACH };
    sgd(Float64Array.from(gradients), decay, stateOf(setting), parameters, buffer, settings);
  }
}
