/**
 * What a task is: one declaration that gives the examples, their split, the metrics, the known floor of the
 * loss, and the options with defaults and bounds. Tasks are pure TypeScript: they know no GPU and no model.
 */
import type * as v from 'valibot';

/**
 * A table of examples, one per row.
 * Token tasks: `inputs` are token ids (Int32Array), `targets` are class ids, −1 where no loss is taken.
 * Regression: both are Float32Array.
 */
export interface Examples {
  rows: number;
  /** [rows, inputWidth] */
  inputs: Int32Array<ArrayBuffer> | Float32Array<ArrayBuffer>;
  inputWidth: number;
  /** [rows, targetWidth]; for language models targetWidth = inputWidth = T, for classifiers it is 1 */
  targets: Int32Array<ArrayBuffer> | Float32Array<ArrayBuffer>;
  targetWidth: number;
  /** How much each target counts in the exact mean under the test distribution; sums to 1 [rows · targetWidth] */
  weights?: Float64Array<ArrayBuffer>;
}

/** The shape of a task's data, known before any example is made: the model is built from it. */
export interface TaskShape {
  /**
   * `tokens`: a transformer reads T ids and predicts at each; `classes`: ids in, one class out; `vectors`: floats in.
   * `tags`: the last of the `length` ids is a tag below `tags`, whose embedding is added to those of the others.
   */
  inputs:
    | { kind: 'tokens'; vocabulary: number; length: number; tags?: number }
    | { kind: 'vectors'; width: number };
  /** `noiseClasses`: the classes [first, end) that label noise is drawn from, where it is not all of them. */
  targets:
    | {
        kind: 'classes';
        classes: number;
        perRow: number;
        noiseClasses?: readonly [first: number, end: number];
      }
    | { kind: 'values'; width: number };
}

/** What an evaluation on the GPU returns for every target position of an evaluation set, row-major. */
export interface Scores {
  /** the loss that the run trains by, as −ln p(target) in nats; 0 where the target is −1 [rows · targetWidth] */
  loss: Float32Array;
  /** whether that loss is −ln p(target), and not a squared error */
  inNats: boolean;
  /** argmax class [rows · targetWidth] */
  prediction: Int32Array;
  /** mean over the noise classes (all, unless the shape names them) of the loss if each were the target: what label noise costs */
  noiseLoss: Float32Array;
  /** Σ over classes of (p − [class = target])², the Brier score; of outputs that were trained by squared error, these are p */
  brier: Float64Array;
}

export interface TaskData {
  /** One pool of training examples, uploaded once; the GPU draws each batch from it. */
  train: Examples;
  /** Held-out sets by name; `validation` is always there and drives the validation curve. */
  evaluation: { validation: Examples } & Record<string, Examples>;
  /** Irreducible cross-entropy in nats (or the noise variance of values), where it is known. */
  floor?: number;
  /** The order of the training rows is a curriculum: batches must be taken in order, not at random. */
  ordered?: boolean;
}

export interface Task<Options = unknown> {
  name: string;
  /** One sentence for people. */
  description: string;
  /** Valibot schema of the options: types, defaults, bounds and errors in one. */
  schema: v.GenericSchema<unknown, Options>;
  shape(options: Options): TaskShape;
  /** Deterministic in (options, seed): the same call gives the same bits on every machine. */
  generate(options: Options, seed: number): TaskData;
  /** Metrics beyond the mean loss, by name (`accuracy`, `exactMatch`, …), from the scores of one evaluation set. */
  metrics?(options: Options, set: Examples, scores: Scores): Record<string, number>;
  /**
   * Share of the data's symbols that are too rare for the vocabulary and count as one, where there are any: that one is easy to predict,
   * and says nothing.
   */
  rareShare?(options: Options): number;
  /** −ln p of each token after those before it under the true distribution, where that is known [tokens]. */
  score?(options: Options, tokens: ArrayLike<number>): Float64Array;
  /** A row as a person would read it, e.g. `34+57=19` or a sequence of symbols. */
  show(options: Options, row: ArrayLike<number>): string;
}
