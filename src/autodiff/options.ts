/** What operations of the tape can be told. */
import type { Tensor } from '../gpu/tensor.ts';
import type { Activation } from '../kernels/activation.ts';
import type { Columns } from '../kernels/embedding.ts';
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
