/** Answers view requests; builds each kind of view at its first request and keeps it. */
import { show } from '../show.ts';
import { AnswerView, AttentionView, Writer } from '../training/trainer/views.ts';
import { taskOf } from '../training/spec/spec.ts';
import type { Trainer } from '../training/trainer/trainer.ts';
import type { View, ViewRequest } from './protocol.ts';

/** Bounds on what a page may ask for. */
const MOST_GRID = 256;
const MOST_ROWS = 64;

type Request<Kind extends ViewRequest['kind']> = ViewRequest & { kind: Kind };

export class Views {
  private readonly built = new Map<string, Promise<{ destroy(): void }>>();
  /** Views run one after the other: they share buffers with themselves. */
  private queue: Promise<unknown> = Promise.resolve();

  constructor(private readonly trainer: Trainer) {}

  read(request: ViewRequest): Promise<View> {
    const answer = this.queue.then(() => this.answer(request));
    this.queue = answer.catch(() => undefined);
    return answer;
  }

  async destroy(): Promise<void> {
    await this.queue;
    for (const view of this.built.values()) (await view.catch(() => undefined))?.destroy();
    this.built.clear();
  }

  private answer(request: ViewRequest): Promise<View> {
    switch (request.kind) {
      case 'surface':
        return this.surface(request);
      case 'attention':
        return this.attention(request);
      case 'samples':
        return this.samples(request);
    }
  }

  private async surface({ size, extent }: Request<'surface'>): Promise<View> {
    within('size', size, 2, MOST_GRID);
    if (this.trainer.data.train.inputWidth !== 2)
      throw new RangeError('surface: the task has no points in the plane');
    const view = await this.once(`surface ${size} ${extent}`, () =>
      AnswerView.build(this.trainer, grid(size, extent)),
    );
    return { kind: 'surface', size, outputs: view.width, values: await view.read() };
  }

  private async attention({ layer, row }: Request<'attention'>): Promise<View> {
    const { inputs, rows, inputWidth: length } = this.trainer.data.evaluation.validation;
    const { model } = this.trainer.spec;
    if (model.kind !== 'transformer' || !(inputs instanceof Int32Array)) {
      throw new RangeError('attention: the model is no transformer');
    }
    within('layer', layer, 0, model.layers - 1);
    within('row', row, 0, rows - 1);
    const tokens = inputs.slice(row * length, (row + 1) * length);
    const view = await this.once('attention', () => AttentionView.build(this.trainer));
    const weights = await view.read(layer, tokens);
    return { kind: 'attention', heads: model.heads, length, weights, tokens: this.show(tokens) };
  }

  private async samples({ rows, prompt, temperature }: Request<'samples'>): Promise<View> {
    const { inputs, rows: available, inputWidth: length } = this.trainer.data.evaluation.validation;
    if (this.trainer.spec.model.kind !== 'transformer' || !(inputs instanceof Int32Array)) {
      throw new RangeError('samples: the model is no transformer');
    }
    within('rows', rows, 1, Math.min(MOST_ROWS, available));
    within('prompt', prompt, 1, length - 1);
    const writer = await this.once(`samples ${rows} ${temperature}`, () =>
      Writer.build(this.trainer, rows, temperature),
    );
    const truth = inputs.slice(0, rows * length);
    const written = await writer.write(truth, prompt, this.trainer.step);
    return {
      kind: 'samples',
      prompt,
      rows: Array.from({ length: rows }, (_, i) => {
        const tokens = written.subarray(i * length, (i + 1) * length);
        const nats = this.surprise(tokens, prompt);
        return {
          generated: this.show(tokens),
          truth: this.show(truth.subarray(i * length, (i + 1) * length)),
          ...(nats !== undefined && { nats }),
        };
      }),
    };
  }

  /** Mean −ln p of tokens from `start` on under the task's true distribution, where that is known. */
  private surprise(tokens: Int32Array, start: number): number | undefined {
    const { task, options } = taskOf(this.trainer.spec);
    const scores = task.score?.(options, tokens).subarray(start);
    return scores && scores.reduce((sum, score) => sum + score, 0) / scores.length;
  }

  private show(tokens: Int32Array): string[] {
    const { task, options } = taskOf(this.trainer.spec);
    return Array.from(tokens, (token) => task.show(options, [token]));
  }

  private once<T extends { destroy(): void }>(key: string, build: () => Promise<T>): Promise<T> {
    const view = (this.built.get(key) as Promise<T> | undefined) ?? build();
    this.built.set(key, view);
    return view;
  }
}

/** Points of a size × size grid over [−extent, extent]², top row first. */
function grid(size: number, extent: number): Float32Array<ArrayBuffer> {
  const points = new Float32Array(size * size * 2);
  const at = (i: number): number => extent * ((2 * i + 1) / size - 1);
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      points[2 * (y * size + x)] = at(x);
      points[2 * (y * size + x) + 1] = -at(y);
    }
  }
  return points;
}

function within(key: string, value: number, least: number, most: number): void {
  if (!Number.isInteger(value) || value < least || value > most) {
    throw new RangeError(`${key}: must be an integer from ${least} to ${most}, not ${show(value)}`);
  }
}
