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
import { embedding, embeddingBackward, type Columns } from '../kernels/embedding.ts';
import { normalisingVariant, variantFor, type KernelChoice } from '../kernels/choice.ts';
import { EPSILON, layernorm, layernormBackward, layernormBackwardParameters } from '../kernels/layernorm.ts';
import { crossEntropy, meanSquaredError } from '../kernels/loss.ts';
import {
  matmul,
  normalises,
  type Matmul,
  type MatmulVariant,
  type RowNormalisation,
} from '../kernels/matmul.ts';
import type { Parameter } from './arena.ts';

export interface LinearOptions {
  /** [out] */
  bias?: Parameter;
  activation?: Activation;
  /** added to the output after the activation, same shape as the output */
  residual?: Tensor;
}

export interface EmbeddingOptions {
  /** [T, C], a row for each position */
  wpe?: Parameter;
  /** add the tokens of a row up */
  sum?: boolean;
  /** each position has a table of its own, one below the other in wte */
  perColumn?: boolean;
  /** the columns of `tokens` that are embedded, T of them; default: all */
  columns?: Columns;
  /** added to the output, same shape as the output */
  residual?: Tensor;
}

export class Tape {
  readonly dispatches: Dispatch[] = [];
  /** What each attention layer read and kept, in order: enough to write its weights out. */
  readonly attentions: { qkv: Tensor; lse: Tensor; heads: number }[] = [];
  private readonly backwards: (() => void)[] = [];
  /** Gradient of each activation that has one so far. */
  private readonly gradients = new Map<Tensor, Tensor>();
  /** Parameters whose gradient has been written: further parts are added. */
  private readonly written = new Set<Parameter>();
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
      const dy = this.gradientOf(y);
      if (activation !== 'none' && !this.activated.get(y)!.fused) {
        this.emit(activationBackward({ dy, kept, activation, threads: this.threads }));
      }
      const beside = this.linearWeightGradient(x, dy, weight, bias);
      if (this.differentiable.has(x)) this.linearInputGradient(x, dy, weight, beside);
      // Last: the residual's gradient is dy itself, to which operations before it will add.
      if (residual) this.pass(residual, dy);
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
      const dy = this.gradientOf(y);
      this.emit(
        embeddingBackward({
          ...common,
          dy,
          dwte: wte.gradient,
          serial: this.serial,
          accumulate: this.accumulates(wte),
          ...(wpe && { dwpe: wpe.gradient, accumulatePositions: this.accumulates(wpe) }),
        }),
      );
      if (residual) this.pass(residual, dy);
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
      const dy = this.gradientOf(y);
      const both = this.accumulates(gain);
      this.accumulates(bias);
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
        const { gradient: dx, accumulate } = this.target(x);
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
      const { gradient: dqkv, accumulate } = this.target(qkv);
      if (accumulate) throw new Error('attention must be the only reader of its q, k and v.');
      this.emit(attentionBackward({ qkv, out, lse, dout: this.gradientOf(out), dqkv, heads, variant }));
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
    this.backwards.push(() => this.pass(x, { ...this.gradientOf(y), shape: x.shape }));
    return y;
  }

  /** Elementwise activation of a tensor that no linear layer made. */
  activation(x: Tensor, activation: Activation): Tensor {
    const y = this.output(activation, x.shape);
    const { threads } = this;
    this.reads(x);
    this.emit(activationForward({ x, y, activation, threads }));
    this.backwards.push(() => {
      const dy = this.gradientOf(y);
      this.emit(activationBackward({ dy, kept: keepsInput(activation) ? x : y, activation, threads }));
      this.pass(x, dy);
    });
    return y;
  }

  /** Mean cross-entropy over the scored targets, in nats, one value per row in the result [rows]. */
  crossEntropy(logits: Tensor, targets: Tensor, state: Tensor): Tensor {
    const classes = logits.shape.at(-1)!;
    const rows = size(logits) / classes;
    this.reads(logits);
    const loss = this.tensor('loss', [rows]);
    const dlogits = this.tensor('dlogits', logits.shape);
    this.emit(
      crossEntropy({
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
    this.emit(matmul({ ...op, variant, writtenOut: this.kernels.writtenOut }));
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
    const { writtenOut } = this.kernels;
    this.emit(matmul({ ...product, a: flat(made.x, product.a.shape[1]!), normalise, variant, writtenOut }));
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
    const accumulate = this.accumulates(weight);
    if (bias) this.accumulates(bias);
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
    const { gradient: dx, accumulate } = this.target(x);
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

  private gradientOf(y: Tensor): Tensor {
    const gradient = this.gradients.get(y);
    if (!gradient)
      throw new Error(`${y.storage.label} has no gradient: nothing that the loss depends on reads it.`);
    return gradient;
  }

  /** Where the next part of dx goes, and whether there is a part already. */
  private target(x: Tensor): { gradient: Tensor; accumulate: boolean } {
    const known = this.gradients.get(x);
    if (known) return { gradient: known, accumulate: true };
    const gradient = this.tensor(`d${x.storage.label}`, x.shape);
    this.gradients.set(x, gradient);
    return { gradient, accumulate: false };
  }

  /** Makes dy itself the gradient of x. Safe where the operation that calls it was the only reader of dy. */
  private pass(x: Tensor, dy: Tensor): void {
    if (this.gradients.has(x))
      throw new Error(`${x.storage.label}: a residual must be the first to give its gradient.`);
    this.gradients.set(x, dy);
  }

  private accumulates(parameter: Parameter): boolean {
    const known = this.written.has(parameter);
    this.written.add(parameter);
    return known;
  }
}

/** The same elements as rows of `columns`. */
function flat(tensor: Tensor, columns: number): Tensor {
  return { ...tensor, shape: [size(tensor) / columns, columns] };
}
