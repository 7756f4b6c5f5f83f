/** Optimizers in float64, one element at a time. */

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

  update(gradients: ArrayLike<number>, { learningRate, weightDecay, t, scale, decay }: Setting): void {
    const { parameters, m, v, beta1, beta2, epsilon } = this;
    for (let i = 0; i < parameters.length; i++) {
      const g = gradients[i]! * scale;
      parameters[i]! *= 1 - learningRate * weightDecay * decay(i);
      m[i] = beta1 * m[i]! + (1 - beta1) * g;
      v[i] = beta2 * v[i]! + (1 - beta2) * g * g;
      const mHat = m[i]! / (1 - beta1 ** t);
      const vHat = v[i]! / (1 - beta2 ** t);
      parameters[i]! -= (learningRate * mHat) / (Math.sqrt(vHat) + epsilon);
    }
  }
}

export class SGD {
  private readonly buffer: Float64Array;

  constructor(
    readonly parameters: Float64Array,
    private readonly momentum: number,
  ) {
    this.buffer = new Float64Array(parameters.length);
  }

  update(gradients: ArrayLike<number>, { learningRate, weightDecay, t, scale, decay }: Setting): void {
    const { parameters, buffer, momentum } = this;
    for (let i = 0; i < parameters.length; i++) {
      const g = gradients[i]! * scale;
      buffer[i] = t === 1 ? g : momentum * buffer[i]! + g;
      parameters[i]! *= 1 - learningRate * weightDecay * decay(i);
      parameters[i]! -= learningRate * buffer[i]!;
    }
  }
}
