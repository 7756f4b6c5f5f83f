/**
 * A tape of operations. Forward operations append their dispatches and leave behind how to go back;
 * `backward` replays them in reverse. The result is a list of dispatches, compiled once and run many times:
 * a micrograd for command streams.
 */
import type { Dispatch } from '../gpu/kernel.ts';
import { size, virtualTensor, type Tensor } from '../gpu/tensor.ts';
import { attention, attentionBackward } from '../kernels/attention.ts';
import { keepsInput, type Activation } from '../kernels/activation.ts';
import { activationBackward, activationForward } from '../kernels/elementwise.ts';
import { embedding, embeddingBackward } from '../kernels/embedding.ts';
import { normalisingVariant, variantFor, type KernelChoice } from '../kernels/choice.ts';
import { EPSILON, layernorm, layernormBackward, layernormBackwardParameters } from '../kernels/layernorm.ts';
import { classLoss } from '../kernels/class-loss.ts';
import type { ClassLoss } from '../kernels/class-losses.ts';
import {
  matmul,
  normalises,
  type Matmul,
  type MatmulVariant,
  type RowNormalisation,
} from '../kernels/matmul.ts';
import { meanSquaredError } from '../kernels/mean-squared-error.ts';
import type { Parameter } from './arena.ts';
import { Gradients } from './gradients.ts';
import type { EmbeddingOptions, LinearOptions } from './options.ts';

export class Tape {
  readonly dispatches: Dispatch[] = [];
  /** What each attention layer read and kept, in order: enough to write its weights out. */
  readonly attentions: { qkv: Tensor; lse: Tensor; heads: number }[] = [];
  private readonly backwards: (() => void)[] = [];
  private readonly gradients = new Gradients((label, shape) => this.tensor(label, shape));
  /** How an activated output was made, and how many operations read it: its consumer may fuse the derivative. */
  private readonly activated = new Map<Tensor, { activation: Activation; kept: Tensor; fused: boolean }>();
  private readonly readers = new Map<Tensor, number>();
  /** Tensors that depend on parameters; the others (a batch's inputs) get no gradient. */
  private readonly differentiable = new Set<Tensor>();

  /** Outputs of layer normalisations, from what and how: the product that reads one may do it as it loads. */
  private readonly normalised = new Map<
    Tensor,
    { x: Tensor; dispatch: Dispatch; normalise: RowNormalisation }
  >();
  private readonly serial: boolean;
  /** of a workgroup, as many as the device grants */
  readonly threads: number;

  /** @param half keep what operations give in half precision; gradients, statistics and losses stay in single */
  constructor(
    readonly replicas: number,
    private readonly kernels: KernelChoice,
    private readonly half = false,
  ) {
    this.serial = kernels.serial;
    this.threads = kernels.grants.threads;
  }

  /** y = activation(x Wᵀ + bias) + residual; x [rows, in], W [out, in] as `nn.Linear` stores it. */
  linear(x: Tensor, weight: Parameter, { bias, activation = 'none', residual }: LinearOptions = {}): Tensor {
    const [out, width] = weight.value.shape as [number, number];
    if (residual && activation !== 'none') {
      throw new Error(`${weight.name}: a residual behind an activation has no fused gradient; add it apart.`);
    }
    const y = this.output(weight.name, [...x.shape.slice(0, -1), out]);
    const kept = keepsInput(activation) ? this.result(`${weight.name} input of ${activation}`, y.shape) : y;
    this.reads(x, residual);
    this.multiplyNormalised(x, {
      a: flat(x, width),
      b: weight.value,
      y: flat(y, out),
      transposeB: true,
      activation,
      ...(bias && { bias: bias.value }),
      ...(residual && { residual }),
      ...(kept !== y && { keepInput: kept }),
    });
    if (activation !== 'none') this.activated.set(y, { activation, kept, fused: false });

    this.backwards.push(() => {
      const dy = this.gradients.get(y);
      if (activation !== 'none' && !this.activated.get(y)!.fused) {
        this.emit(activationBackward({ dy, kept, activation, threads: this.threads }));
      }
      const beside = this.linearWeightGradient(x, dy, weight, bias);
      if (this.differentiable.has(x)) this.linearInputGradient(x, dy, weight, beside);
      // Last: the residual's gradient is dy itself, to which operations before it will add.
      if (residual) this.gradients.pass(residual, dy);
    });
    return y;
  }

  /** tokens [B, T] → wte[token] + wpe[position] + residual, [B, T, C]; with `sum`, Σ_t wte[token_t] + residual, [B, C]. */
  embedding(tokens: Tensor, wte: Parameter, options: EmbeddingOptions = {}): Tensor {
    const { wpe, residual, sum = false, perColumn = false, columns } = options;
    const [batch, ids] = tokens.shape as [number, number];
    const width = wte.value.shape[1]!;
    const y = this.output(wte.name, sum ? [batch, width] : [batch, columns?.count ?? ids, width]);
    const { threads } = this;
    const common = { tokens, sum, perColumn, threads, ...(columns && { columns }) };
    this.reads(residual);
    this.emit(
      embedding({
        ...common,
        wte: wte.value,
        y,
        ...(wpe && { wpe: wpe.value }),
        ...(residual && { residual }),
      }),
    );
    this.backwards.push(() => {
      const dy = this.gradients.get(y);
      this.emit(
        embeddingBackward({
          ...common,
          dy,
          dwte: wte.gradient,
          serial: this.serial,
          accumulate: this.gradients.accumulates(wte),
          ...(wpe && { dwpe: wpe.gradient, accumulatePositions: this.gradients.accumulates(wpe) }),
        }),
      );
      if (residual) this.gradients.pass(residual, dy);
    });
    return y;
  }

  /** y = (x − mean) / √(variance + ε) · gain + bias over the last axis. */
  layerNorm(x: Tensor, gain: Parameter, bias: Parameter): Tensor {
    const columns = x.shape.at(-1)!;
    const rows = size(x) / columns;
    const y = this.output(gain.name, x.shape);
    const stats = this.tensor(`${gain.name} mean and 1/σ`, [rows, 2]);
    this.reads(x);
    const normalise = { gain: gain.value, bias: bias.value, y, stats, epsilon: EPSILON };
    const { serial, threads } = this;
    const dispatch = layernorm({ ...normalise, x, serial });
    this.emit(dispatch);
    this.normalised.set(y, { x, dispatch, normalise });
    this.backwards.push(() => {
      const dy = this.gradients.get(y);
      const both = this.gradients.accumulates(gain);
      this.gradients.accumulates(bias);
      this.emit(
        layernormBackwardParameters({
          dy,
          x,
          stats,
          dgain: gain.gradient,
          dbias: bias.gradient,
          accumulate: both,
          serial,
          threads,
        }),
      );
      if (this.differentiable.has(x)) {
        const { gradient: dx, accumulate } = this.gradients.target(x);
        const of = { dy, x, stats, gain: gain.value };
        this.emit(layernormBackward({ ...of, dx, accumulate, serial, threads }));
      }
    });
    return y;
  }

  /** Causal multi-head attention; qkv [B, T, 3C] with q, k, v side by side → [B, T, C]. */
  attention(qkv: Tensor, heads: number): Tensor {
    const [batch, length, triple] = qkv.shape as [number, number, number];
    const out = this.output('attention', [batch, length, triple / 3]);
    const lse = this.tensor('attention log-sum-exp', [batch, heads, length]);
    this.reads(qkv);
    const variant = this.kernels.attention;
    this.emit(attention({ qkv, out, lse, heads, variant }));
    this.attentions.push({ qkv, lse, heads });
    this.backwards.push(() => {
      const { gradient: dqkv, accumulate } = this.gradients.target(qkv);
      if (accumulate) throw new Error('attention must be the only reader of its q, k and v.');
      this.emit(attentionBackward({ qkv, out, lse, dout: this.gradients.get(out), dqkv, heads, variant }));
    });
    return out;
  }

  /** The same elements in another shape. */
  reshape(x: Tensor, shape: readonly number[]): Tensor {
    const y: Tensor = { ...x, shape };
    if (size(y) !== size(x)) throw new Error(`[${x.shape.join(', ')}] cannot become [${shape.join(', ')}].`);
    if (!this.differentiable.has(x)) return y;
    this.differentiable.add(y);
    this.reads(x);
    this.backwards.push(() => this.gradients.pass(x, { ...this.gradients.get(y), shape: x.shape }));
    return y;
  }

  /** Elementwise activation of a tensor that no linear layer made. */
  activation(x: Tensor, activation: Activation): Tensor {
    const y = this.output(activation, x.shape);
    const { threads } = this;
    this.reads(x);
    this.emit(activationForward({ x, y, activation, threads }));
    this.backwards.push(() => {
      const dy = this.gradients.get(y);
      this.emit(activationBackward({ dy, kept: keepsInput(activation) ? x : y, activation, threads }));
      this.gradients.pass(x, dy);
    });
    return y;
  }

  /** Mean loss over the scored targets, one value per row in the result [rows]; cross-entropies are in nats. */
  classLoss(logits: Tensor, targets: Tensor, state: Tensor, kind: ClassLoss = 'cross-entropy'): Tensor {
    const classes = logits.shape.at(-1)!;
    const rows = size(logits) / classes;
    this.reads(logits);
    const loss = this.tensor('loss', [rows]);
    const dlogits = this.tensor('dlogits', logits.shape);
    this.emit(
      classLoss({
        kind,
        logits: flat(logits, classes),
        targets,
        state,
        loss,
        dlogits: flat(dlogits, classes),
        serial: this.serial,
      }),
    );
    this.gradients.set(logits, dlogits);
    return loss;
  }

  /** Mean squared error over all elements, one value per row in the result [rows]. */
  meanSquaredError(y: Tensor, targets: Tensor): Tensor {
    const width = y.shape.at(-1)!;
    const rows = size(y) / width;
    this.reads(y);
    const loss = this.tensor('loss', [rows]);
    const dy = this.tensor('dy', y.shape);
    this.emit(
      meanSquaredError({ y: flat(y, width), targets, loss, dy: flat(dy, width), serial: this.serial }),
    );
    this.gradients.set(y, dy);
    return loss;
  }

  /** Appends the backward pass of everything so far. Every parameter's gradient is written, none needs clearing. */
  backward(): void {
    for (const step of this.backwards.toReversed()) step();
  }

  /** Appends a dispatch that has no gradient. */
  emit(dispatch: Dispatch): void {
    this.dispatches.push(dispatch);
  }

  /** Emits a product in the variant for its size, and says which. */
  multiply(op: Omit<Matmul, 'variant'>, beside?: MatmulVariant): MatmulVariant {
    const variant = this.variantFor(op, beside);
    this.emit(matmul({ ...op, variant, unrolled: this.kernels.unrolled }));
    return variant;
  }

  /** An activation without memory of its own: `Program.build` places it. */
  tensor(label: string, shape: readonly number[]): Tensor {
    return virtualTensor(label, shape, this.replicas);
  }

  /** Emits x · B; where x was normalised just before, the product does that too as it loads, if it can. */
  private multiplyNormalised(x: Tensor, product: Omit<Matmul, 'variant'>): void {
    const made = this.normalised.get(x);
    const variant = normalisingVariant(this.variantFor(product));
    if (!made || this.dispatches.at(-1) !== made.dispatch || !normalises({ ...product, variant })) {
      this.multiply(product);
      return;
    }
    this.dispatches.pop();
    const { normalise } = made;
    const { unrolled } = this.kernels;
    this.emit(matmul({ ...product, a: flat(made.x, product.a.shape[1]!), normalise, variant, unrolled }));
  }

  private variantFor(op: Omit<Matmul, 'variant'>, beside?: MatmulVariant): MatmulVariant {
    const [n = 1] = op.y.shape.slice(-1);
    const k = op.a.shape[op.transposeA ? 0 : 1] ?? 1;
    return variantFor(this.kernels, { m: size(op.y) / n, n, k, replicas: op.y.replicas }, beside);
  }

  private linearWeightGradient(
    x: Tensor,
    dy: Tensor,
    weight: Parameter,
    bias: Parameter | undefined,
  ): MatmulVariant {
    const [out, width] = weight.value.shape as [number, number];
    const accumulate = this.gradients.accumulates(weight);
    if (bias) this.gradients.accumulates(bias);
    return this.multiply({
      a: flat(dy, out),
      b: flat(x, width),
      y: weight.gradient,
      transposeA: true,
      accumulate,
      ...(bias && { dbias: bias.gradient }),
    });
  }

  /** dx = dy · W; if x is an activated output read only here, times the activation's derivative in the same dispatch. */
  private linearInputGradient(x: Tensor, dy: Tensor, weight: Parameter, beside: MatmulVariant): void {
    const [out, width] = weight.value.shape as [number, number];
    const made = this.activated.get(x);
    const fuses = made !== undefined && this.readers.get(x) === 1;
    if (fuses) made.fused = true;
    const { gradient: dx, accumulate } = this.gradients.target(x);
    const product = {
      a: flat(dy, out),
      b: weight.value,
      y: flat(dx, width),
      accumulate,
      ...(fuses && { derivative: { activation: made.activation, kept: flat(made.kept, width) } }),
    };
    this.multiply(product, beside);
  }

  private output(label: string, shape: readonly number[]): Tensor {
    const y = this.result(label, shape);
    this.differentiable.add(y);
    return y;
  }

  private result(label: string, shape: readonly number[]): Tensor {
    return virtualTensor(label, shape, this.replicas, this.half);
  }

  private reads(...tensors: (Tensor | undefined)[]): void {
    for (const tensor of tensors) if (tensor) this.readers.set(tensor, (this.readers.get(tensor) ?? 0) + 1);
  }
}

/** The same elements as rows of `columns`. */
function flat(tensor: Tensor, columns: number): Tensor {
  return { ...tensor, shape: [size(tensor) / columns, columns] };
}
