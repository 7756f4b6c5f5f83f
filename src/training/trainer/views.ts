/** Pictures of a model in training: what replica 0 answers, attends to, and writes. Built once, run when asked. */
import { Tape } from '../../autodiff/index.ts';
import type { Device } from '../../gpu/device.ts';
import { Program } from '../../gpu/program.ts';
import { download, free, materialise, size, upload, virtualTensor, type Tensor } from '../../gpu/tensor.ts';
import { attentionWeights } from '../../kernels/attention.ts';
import { stablemaxShare, type ClassLoss } from '../../kernels/class-losses.ts';
import { kernelChoice } from '../../kernels/choice.ts';
import { sampleToken } from '../../kernels/sample-token.ts';
import { STATE, STATE_WORDS } from '../../kernels/state.ts';
import { advance } from '../../kernels/step.ts';
import { forward } from '../../models/index.ts';
import { firstReplica } from './programs.ts';
import { taskOf } from '../spec/spec.ts';
import type { Trainer } from './trainer.ts';

/** The outputs of the model for fixed inputs: class probabilities, or values. */
export class AnswerView {
  private constructor(
    private readonly device: Device,
    private readonly inputs: Tensor,
    private readonly outputs: Tensor,
    private readonly program: Program,
    private readonly areLogits: boolean,
    private readonly loss: ClassLoss,
  ) {}

  /** @param rows inputs [rows, inputWidth] */
  static async build(
    trainer: Trainer,
    rows: Float32Array<ArrayBuffer> | Int32Array<ArrayBuffer>,
  ): Promise<AnswerView> {
    const { device, spec, memory } = trainer;
    const { shape } = taskOf(spec);
    const width = trainer.data.train.inputWidth;
    const inputs = virtualTensor('view inputs', [rows.length / width, width], 1);
    materialise(device, inputs.storage);
    upload(device, inputs.storage, rows);
    const tape = new Tape(1, kernelChoice(device));
    const outputs = forward(tape, firstReplica(memory.arena), spec.model, shape, inputs);
    const program = await Program.build(device, tape.dispatches, [outputs], { label: 'answers' });
    return new AnswerView(device, inputs, outputs, program, shape.targets.kind === 'classes', spec.loss);
  }

  /** Columns of the result. */
  get width(): number {
    return this.outputs.shape.at(-1)!;
  }

  /** [rows, width] */
  async read(): Promise<Float32Array<ArrayBuffer>> {
    this.program.run();
    const values = new Float32Array(await download(this.device, this.outputs.storage, 0, size(this.outputs)));
    return this.areLogits ? probabilities(this.loss, values, this.width) : values;
  }

  destroy(): void {
    this.program.destroy();
    free(this.device, this.inputs.storage);
  }
}

/** What the outputs mean as probabilities: those of squared error are them already. */
function probabilities(
  kind: ClassLoss,
  logits: Float32Array<ArrayBuffer>,
  columns: number,
): Float32Array<ArrayBuffer> {
  if (kind === 'squared-error') return logits;
  for (let start = 0; start < logits.length; start += columns) {
    const row = logits.subarray(start, start + columns);
    const most = Math.max(...row);
    let sum = 0;
    for (let i = 0; i < columns; i++) {
      const x = row[i]!;
      sum += row[i] = kind === 'cross-entropy' ? Math.exp(x - most) : stablemaxShare(x);
    }
    for (let i = 0; i < columns; i++) row[i] = row[i]! / sum;
  }
  return logits;
}

/** The attention weights of every layer on one row of tokens. */
export class AttentionView {
  private constructor(
    private readonly device: Device,
    private readonly tokens: Tensor,
    private readonly weights: readonly Tensor[],
    private readonly program: Program,
  ) {}

  static async build(trainer: Trainer): Promise<AttentionView> {
    const { device, spec, memory, data } = trainer;
    const { shape } = taskOf(spec);
    const length = data.train.inputWidth;
    const tokens = virtualTensor('view tokens', [1, length], 1);
    materialise(device, tokens.storage);
    const tape = new Tape(1, kernelChoice(device));
    forward(tape, firstReplica(memory.arena), spec.model, shape, tokens);
    const weights = tape.attentions.map(({ qkv, lse, heads }, layer) => {
      const out = tape.tensor(`attention weights ${layer}`, [1, heads, length, length]);
      tape.emit(attentionWeights({ qkv, lse, weights: out, heads }));
      return out;
    });
    // The attention weights are computed after the forward pass: its tensors must not be reused before.
    const keep = [...weights, ...tape.attentions.flatMap(({ qkv, lse }) => [qkv, lse])];
    const program = await Program.build(device, tape.dispatches, keep, { label: 'attention weights' });
    return new AttentionView(device, tokens, weights, program);
  }

  /** [H, T, T] of a layer, row = query. @throws RangeError when there is no such layer */
  async read(layer: number, row: Int32Array<ArrayBuffer>): Promise<Float32Array<ArrayBuffer>> {
    const weights = this.weights[layer];
    if (!weights) throw new RangeError(`layer: must be below ${this.weights.length}, not ${layer}`);
    upload(this.device, this.tokens.storage, row);
    this.program.run();
    return new Float32Array(await download(this.device, weights.storage, 0, size(weights)));
  }

  destroy(): void {
    this.program.destroy();
    free(this.device, this.tokens.storage);
  }
}

/** Texts that the model writes: it goes on from prompts, one token per run of the program, without a readback. */
export class Writer {
  private constructor(
    private readonly device: Device,
    private readonly tokens: Tensor,
    private readonly state: Tensor,
    private readonly program: Program,
  ) {}

  /** @param temperature 0 takes the likeliest token; 1 draws from the model's distribution */
  static async build(trainer: Trainer, rows: number, temperature: number): Promise<Writer> {
    const { device, spec, memory, data } = trainer;
    const { shape } = taskOf(spec);
    const tokens = virtualTensor('written tokens', [rows, data.train.inputWidth], 1);
    const state = virtualTensor('writer state', [STATE_WORDS], 1);
    for (const { storage } of [tokens, state]) materialise(device, storage);
    const tape = new Tape(1, kernelChoice(device));
    const logits = forward(tape, firstReplica(memory.arena), spec.model, shape, tokens);
    // The kernel samples from a softmax, which other losses do not train: for those the likeliest token is taken.
    const drawn = spec.loss === 'cross-entropy' ? temperature : 0;
    tape.emit(sampleToken({ logits, tokens, state, temperature: drawn }));
    tape.emit(advance({ state }));
    const program = await Program.build(device, tape.dispatches, [], { label: 'write' });
    return new Writer(device, tokens, state, program);
  }

  /** Continues the first `prompt` tokens of each row [rows, T] to the end. @returns [rows, T] */
  async write(rows: Int32Array<ArrayBuffer>, prompt: number, seed: number): Promise<Int32Array<ArrayBuffer>> {
    const length = this.tokens.shape[1]!;
    const words = new Uint32Array(STATE_WORDS);
    words[STATE.step] = prompt - 1;
    words[STATE.seed] = seed;
    upload(this.device, this.tokens.storage, rows);
    upload(this.device, this.state.storage, words);
    this.program.run(length - prompt);
    return new Int32Array(await download(this.device, this.tokens.storage));
  }

  destroy(): void {
    this.program.destroy();
    for (const { storage } of [this.tokens, this.state]) free(this.device, storage);
  }
}
