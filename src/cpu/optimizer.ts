/** Optimizers over a whole arena of parameters (shaders/adamw.wgsl, sgd.wgsl). */
import { STATE } from '../kernels/state.ts';
import { floatsOf, type Floats, type State } from './arrays.ts';

interface Update {
  /** parameters that share a factor on the weight decay */
  block: number;
  /** the gradients are multiplied by the state's scale */
  clips: boolean;
}

export interface AdamWSettings extends Update {
  beta1: number;
  beta2: number;
  epsilon: number;
  /** factor on the learning rate */
  rate: number;
}

/**
 * m ← β₁ m + (1 − β₁) g,   v ← β₂ v + (1 − β₂) g²,   m̂ = m / (1 − β₁ᵗ),   v̂ = v / (1 − β₂ᵗ)
 * p ← p − lr λ decay p − lr m̂ / (√v̂ + ε)
 *
 * @param gradients [P]
 * @param decay [P / block]: factor on λ
 * @param state lr, λ, the factor on g, and t: 1 at the first update. Where it is halted nothing changes
 * @param parameters [P]
 * @param m [P]
 * @param v [P]
 * @param except [P / block]: blocks where it is not 0 stay
 */
export function adamw(
  gradients: Floats,
  decay: Floats,
  state: State,
  parameters: Floats,
  m: Floats,
  v: Floats,
  except: Floats | undefined,
  { beta1, beta2, epsilon, rate, block, clips }: AdamWSettings,
): void {
  if (state[STATE.halted] !== 0) return;
  const scale = clips ? floatsOf(state)[STATE.gradientScale]! : 1;
  const t = state[STATE.step]!;
  const learningRate = rate * floatsOf(state)[STATE.learningRate]!;
  const stepSize = learningRate / (1 - beta1 ** t);
  const correction = Math.sqrt(1 - beta2 ** t);
  for (let b = 0; b < decay.length; b++) {
    if (except && except[b] !== 0) continue;
    const shrink = learningRate * floatsOf(state)[STATE.weightDecay]! * decay[b]!;
    for (let i = b * block; i < (b + 1) * block; i++) {
      const g = scale * gradients[i]!;
      const mean = beta1 * m[i]! + (1 - beta1) * g;
      const square = beta2 * v[i]! + (1 - beta2) * g * g;
      m[i] = mean;
      v[i] = square;
      const p = parameters[i]!;
      parameters[i] = p - (shrink * p + (stepSize * mean) / (Math.sqrt(square) / correction + epsilon));
    }
  }
}

/**
 * b ← μ b + g, and b ← g at the first update;   p ← p − lr λ decay p − lr b
 *
 * @param gradients [P]
 * @param decay [P / block]: factor on λ
 * @param state lr, λ, the factor on g, and the step: 1 at the first update. Where it is halted nothing changes
 * @param parameters [P]
 * @param buffer b [P]; none where μ is 0
 */
export function sgd(
  gradients: Floats,
  decay: Floats,
  state: State,
  parameters: Floats,
  buffer: Floats | undefined,
  { momentum, block, clips }: Update & { momentum: number },
): void {
  if (state[STATE.halted] !== 0) return;
  const scale = clips ? floatsOf(state)[STATE.gradientScale]! : 1;
  const learningRate = floatsOf(state)[STATE.learningRate]!;
  const isFirst = state[STATE.step]! <= 1;
  for (let b = 0; b < decay.length; b++) {
    const shrink = learningRate * floatsOf(state)[STATE.weightDecay]! * decay[b]!;
    for (let i = b * block; i < (b + 1) * block; i++) {
      const g = scale * gradients[i]!;
      const step = buffer && !isFirst ? momentum * buffer[i]! + g : g;
      if (buffer) buffer[i] = step;
      const p = parameters[i]!;
      parameters[i] = p - (shrink * p + learningRate * step);
    }
  }
}
