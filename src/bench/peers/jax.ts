/**
 * jax-js: the whole step — loss, gradients, AdamW — in one `jit`, its fastest way to run.
 *
 * It runs on WebGPU in Node once `navigator.gpu` is there. Its einsum, and so its attention, uses iterator helpers,
 * which Node has from version 22 on; the one that it needs is added here for Node 20. Arrays are owned: an argument is
 * consumed, and `.ref` keeps one for later.
 */
import { blockUntilReady, defaultDevice, init, jit, nn, numpy as np, tree, valueAndGrad } from '@jax-js/jax';
import type { Subject } from '../subject.ts';
import type { MlpConfig, TransformerConfig } from '../../models/index.ts';
import type { Batch, Peer, PeerCase, Product } from './peer.ts';

type Tensor = np.Array;
type Weights = Record<string, Tensor>;
interface Moments extends Record<string, Weights | Tensor> {
  m: Weights;
  v: Weights;
  /** β₁ᵗ and β₂ᵗ */
  power1: Tensor;
  power2: Tensor;
}
/** Mean cross-entropy; consumes what it is given. */
type Loss = (weights: Weights, inputs: Tensor, targets: Tensor) => Tensor;

export async function jaxPeer(): Promise<Peer> {
  addIteratorMap();
  await init('webgpu');
  defaultDevice('webgpu');
  return {
    name: 'jax-js',
    transformer: (given, model) => Training.build(given, transformerLoss(given, model)),
    mlp: (given, model) => Training.build(given, mlpLoss(given, model)),
    matmul: (n, a, b) => Promise.resolve(new Matmul(n, a, b)),
  };
}

/** `Iterator.prototype.map` (ECMAScript 2025) where it is missing; it gives an array, which is as good here. */
function addIteratorMap(): void {
  const iterators = Object.getPrototypeOf(Object.getPrototypeOf([][Symbol.iterator]())) as {
    map?: <T, U>(this: Iterable<T>, change: (value: T) => U) => U[];
  };
  iterators.map ??= function (change) {
    return Array.from(this, change);
  };
}

/** x Wᵀ + bias, W [out, in]. */
function linear(x: Tensor, weight: Tensor, bias?: Tensor): Tensor {
  const y = np.matmul(x, weight.transpose());
  return bias ? y.add(bias) : y;
}

function layerNorm(x: Tensor, gain: Tensor, bias: Tensor): Tensor {
  return nn.standardize(x, -1, { epsilon: 1e-5 }).mul(gain).add(bias);
}

function crossEntropy(logits: Tensor, targets: Tensor, classes: number): Tensor {
  const scores = nn.logSoftmax(logits).mul(nn.oneHot(targets, classes));
  return np.mean(scores.sum(-1)).neg();
}

function transformerLoss({ classes }: PeerCase, { layers, heads, width }: TransformerConfig): Loss {
  return (w, tokens, targets) => {
    const [B, T] = tokens.shape as [number, number];
    const p = (name: string): Tensor => w[name]!;
    let x = np.matmul(nn.oneHot(tokens, classes), p('wte.weight')).add(p('wpe.weight'));
    for (let i = 0; i < layers; i++) {
      const h = (name: string): Tensor => w[`h.${i}.${name}`]!;
      const normed = layerNorm(x.ref, h('ln_1.weight'), h('ln_1.bias'));
      const qkv = linear(normed, h('attn.c_attn.weight')).reshape([B, T, 3, heads, width / heads]);
      const attended = nn.dotProductAttention(
        qkv.ref.slice([], [], 0),
        qkv.ref.slice([], [], 1),
        qkv.slice([], [], 2),
        { isCausal: true },
      );
      x = x.add(linear(attended.reshape([B, T, width]), h('attn.c_proj.weight')));
      const normed2 = layerNorm(x.ref, h('ln_2.weight'), h('ln_2.bias'));
      const hidden = nn.gelu(linear(normed2, h('mlp.c_fc.weight'), h('mlp.c_fc.bias')));
      x = x.add(linear(hidden, h('mlp.c_proj.weight'), h('mlp.c_proj.bias')));
    }
    const logits = linear(layerNorm(x, p('ln_f.weight'), p('ln_f.bias')), p('lm_head.weight'));
    return crossEntropy(logits, targets, classes);
  };
}

function mlpLoss({ classes }: PeerCase, { hidden }: MlpConfig): Loss {
  return (w, inputs, targets) => {
    let x = inputs;
    for (let i = 0; i <= hidden.length; i++) {
      x = linear(x, w[`layers.${i}.weight`]!, w[`layers.${i}.bias`]);
      if (i < hidden.length) x = nn.relu(x);
    }
    return crossEntropy(x, targets.reshape([targets.shape[0]!]), classes);
  };
}

class Training implements Subject {
  readonly engine = 'jax-js';
  readonly flops = 0;
  readonly bytes = 0;
  private steps = 0;

  private constructor(
    private weights: Weights,
    private moments: Moments,
    private readonly batches: readonly { inputs: Tensor; targets: Tensor }[],
    private readonly update: (
      weights: Weights,
      moments: Moments,
      inputs: Tensor,
      targets: Tensor,
    ) => [Tensor, Weights, Moments],
  ) {}

  static async build(given: PeerCase, loss: Loss): Promise<Training> {
    const weights = Object.fromEntries(
      Object.entries(given.weights).map(([name, { shape, values }]) => [
        name,
        np.array(values).reshape(shape),
      ]),
    );
    const zeros = (): Weights =>
      Object.fromEntries(Object.entries(given.weights).map(([name, { shape }]) => [name, np.zeros(shape)]));
    const moments = { m: zeros(), v: zeros(), power1: np.array(1), power2: np.array(1) };
    const batches = given.batches.map(({ inputs, targets }: Batch) => ({
      inputs: np.array(inputs).reshape([given.spec.batch, given.inputWidth]),
      targets: np.array(targets).reshape([given.spec.batch, given.targetWidth]),
    }));
    await blockUntilReady([weights, batches]);
    return new Training(weights, moments, batches, jit(adamStep(given, loss)));
  }

  async run(steps: number): Promise<number> {
    let loss: Tensor | undefined;
    for (let i = 0; i < steps; i++) {
      loss?.dispose();
      const { inputs, targets } = this.batches[this.steps++ % this.batches.length]!;
      [loss, this.weights, this.moments] = this.update(this.weights, this.moments, inputs.ref, targets.ref);
    }
    const values = (await loss!.data()) as Float32Array;
    return values[0]!;
  }

  destroy(): void {
    tree.dispose(this.weights);
    tree.dispose(this.moments);
    for (const batch of this.batches) tree.dispose(batch);
  }
}

function adamStep({ spec }: PeerCase, loss: Loss) {
  if (spec.optimizer.name !== 'adamw') throw new Error('Peers know AdamW alone.');
  const { beta1, beta2, epsilon } = spec.optimizer;
  return (
    weights: Weights,
    moments: Moments,
    inputs: Tensor,
    targets: Tensor,
  ): [Tensor, Weights, Moments] => {
    const [value, gradients] = valueAndGrad(loss)(tree.ref(weights), inputs, targets) as [Tensor, Weights];
    const power1 = moments.power1.mul(beta1);
    const power2 = moments.power2.mul(beta2);
    const next: { weights: Weights; m: Weights; v: Weights } = { weights: {}, m: {}, v: {} };
    for (const [name, weight] of Object.entries(weights)) {
      const g = gradients[name]!;
      const m = moments.m[name]!.mul(beta1).add(g.ref.mul(1 - beta1));
      const v = moments.v[name]!.mul(beta2).add(np.square(g).mul(1 - beta2));
      const mean = m.ref.div(np.subtract(1, power1.ref));
      const square = v.ref.div(np.subtract(1, power2.ref));
      next.weights[name] = weight.sub(mean.div(np.sqrt(square).add(epsilon)).mul(spec.learningRate));
      next.m[name] = m;
      next.v[name] = v;
    }
    return [value, next.weights, { m: next.m, v: next.v, power1, power2 }];
  };
}

class Matmul implements Product {
  readonly engine = 'jax-js';
  readonly flops: number;
  readonly bytes = 0;
  private readonly a: Tensor;
  private readonly b: Tensor;
  private readonly product = jit((a: Tensor, b: Tensor) => np.matmul(a, b));

  constructor(n: number, a: Float32Array<ArrayBuffer>, b: Float32Array<ArrayBuffer>) {
    this.flops = 2 * n ** 3;
    this.a = np.array(a).reshape([n, n]);
    this.b = np.array(b).reshape([n, n]);
  }

  async run(steps: number): Promise<number> {
    for (let i = 0; i < steps; i++) {
      const y = this.product(this.a.ref, this.b.ref);
      if (i === steps - 1) await y.blockUntilReady();
      y.dispose();
    }
    return 0;
  }

  async result(): Promise<Float32Array> {
    return (await this.product(this.a.ref, this.b.ref).data()) as Float32Array;
  }

  destroy(): void {
    this.a.dispose();
    this.b.dispose();
  }
}
