/** The source of the kernels that were measured. */
import type { BenchmarkResult } from '../../worker/protocol.ts';
import type { Listing } from '../lesson.ts';
import { scientific, text } from '../shared/text.ts';
import type { Pair } from './measured.ts';

/** What ran: the naive kernel, the one that was fastest at the largest width, and attention. */
export function listingsOf({ kernels }: BenchmarkResult, pairs: readonly Pair[]): Listing[] {
  const best = pairs.at(-1)?.best?.variant;
  const products = kernels.filter(({ operation }) => operation === 'product');
  const chosen = [
    products.find(({ variant }) => variant === 'naive'),
    products.find(({ variant }) => variant === best && variant !== 'naive'),
    kernels.find(({ operation }) => operation === 'attention'),
  ];
  return chosen
    .filter((kernel) => kernel !== undefined)
    .map(({ operation, variant, size, gflops, code }) => {
      const rate = `${scientific(gflops)} GFLOP/s`;
      return operation === 'product'
        ? {
            name: variant,
            title: variant === 'naive' ? NAIVE : text(`${variant} kernel`, `${variant} 核`),
            measured: text(`${rate} with ${size} rows`, `${size} 行时 ${rate}`),
            code,
          }
        : {
            name: 'attention',
            title: ATTENTION,
            measured: text(
              `${rate} over ${size} tokens (${variant})`,
              `${size} 个词元时 ${rate}（${variant}）`,
            ),
            code,
          };
    });
}

export const NAIVE = text('naive kernel', '朴素核');

export const ATTENTION = text('attention', '注意力');
