/**
 * TensorFlow.js on its WebGPU backend, with its own Adam.
 *
 * The backend registers itself when it is loaded and `navigator.gpu` is there. Reading a tensor with `data()` submits
 * all work that is pending; the backend's own `submitQueue()` alone would drop the compute pass that is still open.
 */
import type * as TensorFlow from '@tensorflow/tfjs';
import type { Subject } from '../subject.ts';
import type { MlpConfig, TransformerConfig } from '../../models/index.ts';
import type { Peer, PeerCase, Product } from './peer.ts';

type Tensor = TensorFlow.Tensor;
type Variables = Record<string, TensorFlow.Variable>;
type Loss = (weights: Variables, inputs: Tensor, targets: Tensor) => TensorFlow.Scalar;

let tf: typeof TensorFlow;

/** @param library TensorFlow.js, its WebGPU backend loaded too: how to load them differs between Node and the browser */
export async function tfjsPeer(library: typeof TensorFlow): Promise<Peer> {
  tf = library;
  if (!(await tf.setBackend('webgpu'))) throw new Error('tfjs: the WebGPU backend did not start.');
  await tf.ready();
  return {
    name: 'tfjs',
    transformer: (given, model) => Promise.resolve(new Training(given, transformerLoss(given, model))),
    mlp: (given, model) => Promise.resolve(new Training(given, mlpLoss(given, model))),
    matmul: (n, a, b) => Promise.resolve(new Matmul(n, a, b)),
  };
}

/** x Wᵀ + bias, x [rows, in], W [out, in]. */
function linear(x: Tensor, weight: Tensor, bias?: Tensor): Tensor {
  const y = tf.matMul(x, weight, false, true);
  return bias ? tf.add(y, bias) : y;
}

function layerNorm(x: Tensor, gain: Tensor, bias: Tensor): Tensor {
  const { mean, variance } = tf.moments(x, -1, true);
  return x
    .sub(mean)
    .mul(tf.rsqrt(variance.add(1e-5)))
    .mul(gain)
    .add(bias);
}

/** tanh form */
function gelu(x: Tensor): Tensor {
  const root = Math.sqrt(2 / Math.PI);
  const inner = x.mul(
    x
      .square()
      .mul(0.044715 * root)
      .add(root),
  );
  return tf.tanh(inner).add(1).mul(x).mul(0.5);
}

/** logits [rows, classes], targets [rows] */
function crossEntropy(logits: Tensor, targets: Tensor, classes: number): TensorFlow.Scalar {
  const scores = tf.logSoftmax(logits).mul(tf.oneHot(targets.cast('int32'), classes));
  return tf.neg(tf.mean(tf.sum(scores, -1)));
}

function transformerLoss({ classes, spec }: PeerCase, model: TransformerConfig): Loss {
  const { layers, heads, width } = model;
  const B = spec.batch;
  return (w, tokens, targets) => {
    const T = tokens.shape[1]!;
    const p = (name: string): Tensor => w[name]!;
    const bias = tf.linalg
      .bandPart(tf.ones([T, T]), -1, 0)
      .sub(1)
      .mul(1e9);
    const split = (x: Tensor): Tensor => x.reshape([B, T, heads, width / heads]).transpose([0, 2, 1, 3]);

    let x: Tensor = tf.matMul(
      tf.oneHot(tokens.flatten().cast('int32'), classes).cast('float32'),
      p('wte.weight'),
    );
    x = x
      .reshape([B, T, width])
      .add(p('wpe.weight'))
      .reshape([B * T, width]);
    for (let i = 0; i < layers; i++) {
      const h = (name: string): Tensor => w[`h.${i}.${name}`]!;
      const normed = layerNorm(x, h('ln_1.weight'), h('ln_1.bias'));
      const [q, k, v] = tf.split(linear(normed, h('attn.c_attn.weight')), 3, -1) as [Tensor, Tensor, Tensor];
      const scores = tf
        .matMul(split(q), split(k), false, true)
        .mul(1 / Math.sqrt(width / heads))
        .add(bias);
      const attended = tf
        .matMul(tf.softmax(scores), split(v))
        .transpose([0, 2, 1, 3])
        .reshape([B * T, width]);
      x = x.add(linear(attended, h('attn.c_proj.weight')));
      const normed2 = layerNorm(x, h('ln_2.weight'), h('ln_2.bias'));
      const hidden = gelu(linear(normed2, h('mlp.c_fc.weight'), h('mlp.c_fc.bias')));
      x = x.add(linear(hidden, h('mlp.c_proj.weight'), h('mlp.c_proj.bias')));
    }
    const logits = linear(layerNorm(x, p('ln_f.weight'), p('ln_f.bias')), p('lm_head.weight'));
    return crossEntropy(logits, targets.flatten(), classes);
  };
}

function mlpLoss({ classes }: PeerCase, { hidden }: MlpConfig): Loss {
  return (w, inputs, targets) => {
    let x = inputs;
    for (let i = 0; i <= hidden.length; i++) {
      x = linear(x, w[`layers.${i}.weight`]!, w[`layers.${i}.bias`]);
      if (i < hidden.length) x = tf.relu(x);
    }
    return crossEntropy(x, targets.flatten(), classes);
  };
}

class Training implements Subject {
  readonly engine = 'tfjs';
  readonly flops = 0;
  readonly bytes = 0;
  private steps = 0;
  private readonly variables: Variables;
  private readonly batches: readonly { inputs: Tensor; targets: Tensor }[];
  private readonly optimizer: TensorFlow.Optimizer;

  constructor(
    { spec, weights, batches, inputWidth, targetWidth }: PeerCase,
    private readonly loss: Loss,
  ) {
    if (spec.optimizer.name !== 'adamw') throw new Error('Peers know AdamW alone.');
    const { beta1, beta2, epsilon } = spec.optimizer;
    this.optimizer = tf.train.adam(spec.learningRate, beta1, beta2, epsilon);
    this.variables = Object.fromEntries(
      Object.entries(weights).map(([name, { shape, values }]) => [
        name,
        tf.variable(tf.tensor(values, shape)),
      ]),
    );
    this.batches = batches.map(({ inputs, targets }) => ({
      inputs: tf.tensor(inputs, [spec.batch, inputWidth]),
      targets: tf.tensor(targets, [spec.batch, targetWidth]),
    }));
  }

  async run(steps: number): Promise<number> {
    let loss: TensorFlow.Scalar | undefined;
    for (let i = 0; i < steps; i++) {
      loss?.dispose();
      const { inputs, targets } = this.batches[this.steps++ % this.batches.length]!;
      loss = this.optimizer.minimize(() => this.loss(this.variables, inputs, targets), true)!;
    }
    const [value] = await loss!.data();
    loss!.dispose();
    return value!;
  }

  destroy(): void {
    this.optimizer.dispose();
    tf.dispose(this.variables);
    tf.dispose(this.batches as unknown as TensorFlow.TensorContainer);
  }
}

class Matmul implements Product {
  readonly engine = 'tfjs';
  readonly flops: number;
  readonly bytes = 0;
  private readonly a: TensorFlow.Tensor2D;
  private readonly b: TensorFlow.Tensor2D;

  constructor(n: number, a: Float32Array<ArrayBuffer>, b: Float32Array<ArrayBuffer>) {
    this.flops = 2 * n ** 3;
    this.a = tf.tensor2d(a, [n, n]);
    this.b = tf.tensor2d(b, [n, n]);
  }

  /** Reads the last product's first element, which submits and awaits all. */
  async run(steps: number): Promise<number> {
    for (let i = 1; i < steps; i++) tf.matMul(this.a, this.b).dispose();
    const corner = tf.tidy(() => tf.matMul(this.a, this.b).slice([0, 0], [1, 1]));
    const [value] = await corner.data();
    corner.dispose();
    return value!;
  }

  async result(): Promise<Float32Array> {
    const y = tf.matMul(this.a, this.b);
    const values = (await y.data()) as Float32Array;
    y.dispose();
    return values;
  }

  destroy(): void {
    tf.dispose([this.a, this.b]);
  }
}
