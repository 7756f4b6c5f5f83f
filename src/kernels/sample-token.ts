/** Generation: draws the next token of each row from the logits. */
import { f32, read, update, type Dispatch } from '../gpu/kernel.ts';
import { size, type Tensor } from '../gpu/tensor.ts';
import { i32, u32, work } from '../cpu/work.ts';
import randomCode from '../../shaders/random.wgsl?raw';
import sampleTokenCode from '../../shaders/sample_token.wgsl?raw';
import stateCode from '../../shaders/state.wgsl?raw';

/**
 * Draws tokens[row, step + 1] from the logits at position `step`, by the inverse of their cumulative distribution
 * at a number that depends on seed, row and step alone. A row without a distribution (NaN or +∞ among its logits,
 * or all of them −∞) gets the token −1. `advance` goes on to the next position.
 * @param op.logits [R, B, T, V]
 * @param op.tokens [R, B, length] i32; where position step + 1 does not exist nothing is written
 * @param op.state [R, 16], the generator's own: `step` is the position, `seed` that of the draws
 * @param op.temperature divides the logits; 0 takes the largest logit, and the first of equals
 * @throws RangeError when shapes do not fit or the temperature is no number from 0 on
 */
export function sampleToken(op: {
  logits: Tensor;
  tokens: Tensor;
  state: Tensor;
  temperature: number;
}): Dispatch {
  const { logits, tokens, state, temperature } = op;
  const v = logits.shape.at(-1) ?? 1;
  const length = tokens.shape.at(-1) ?? 1;
  const b = size(tokens) / length;
  const t = size(logits) / v / b;
  if (!Number.isInteger(t)) {
    throw new RangeError(
      `sample_token: logits [${logits.shape.join(', ')}] do not fit tokens [${tokens.shape.join(', ')}].`,
    );
  }
  const greedy = temperature === 0;
  // Below 1e-6 the difference to the largest logit would overflow where it should merely be huge.
  if (!greedy && !(temperature >= 1e-6 && temperature < Infinity)) {
    throw new RangeError(`sample_token: temperature ${temperature} must be 0 or from 1e-6 on.`);
  }
  return {
    kernel: {
      name: 'sample_token',
      code: [randomCode, stateCode, sampleTokenCode],
      constants: {
        T: t,
        V: v,
        CHUNK: Math.ceil(v / 64),
        LENGTH: length,
        LOGITS_STRIDE: logits.stride,
        TOKENS_STRIDE: tokens.stride,
        GREEDY: greedy,
        INVERSE_TEMPERATURE: f32(greedy ? 1 : 1 / temperature),
      },
    },
    bindings: [read(logits), read(state), update(tokens)],
    workgroups: [b, 1, tokens.replicas],
    flops: 0,
    cpu: work('sampleToken', logits, u32(state), i32(tokens), {
      length: t,
      rows: b,
      rowTokens: length,
      temperature,
    }),
  };
}
