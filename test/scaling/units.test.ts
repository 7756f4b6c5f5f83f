/** Which unit a header names: converted, or refused; never passed over. */
import { describe, expect, test } from 'vitest';
import { isRefusal } from '../../src/scaling/index.ts';
import { headerUnit } from '../../src/scaling/units.ts';
import type { Quantity } from '../../src/scaling/quantities.ts';

/** What the number 1 under this header becomes, or the refusal's sentence. */
function unit(quantity: Quantity, header: string): number | string {
  const found = headerUnit(quantity, header, 1);
  return isRefusal(found) ? found.sentence : found.convert(1);
}

describe('units of headers', () => {
  test.each([
    ['N', 'params (non-embedding) (M)', 1e6],
    ['N', 'M params', 1e6],
    ['N', 'paramsM', 1e6],
    ['N', 'nParams', 1],
    ['N', 'total_params', 1],
    ['D', 'tokensB', 1e9],
    ['C', 'GFLOPs', 1e9],
    ['C', 'exaFLOPs', 1e18],
    ['C', 'total exa FLOPs', 1e18],
    ['C', 'GFLOPs_total', 1e9],
    ['C', 'train_flops', 1],
    ['C', 'PF-days', 8.64e19],
    ['C', 'PFLOP/s-days', 8.64e19],
    ['loss', 'log_loss', 1],
    ['loss', 'rabbits', 1],
  ] as const)('%s %s is × %f', (quantity, header, factor) => {
    expect(unit(quantity, header)).toBe(factor);
  });

  test.each([
    ['N', 'N (log)', /unknown/],
    ['N', 'logN', /logarithm/],
    ['x', 'log10_x', /logarithm/],
    ['loss', 'loss (log)', /unknown/],
    ['loss', 'ln loss', /logarithm/],
    ['C', 'gpu_hours', /is a time/],
    ['C', 'TFLOP/s', /is a rate/],
    ['loss', 'loss (val) [bits]', /loss=bits/],
    ['loss', 'valLossBits', /loss=bits/],
    ['loss', 'valppl', /loss=perplexity/],
    ['loss', 'valPerplexity', /loss=perplexity/],
    ['loss', '困惑度', /loss=perplexity/],
  ] as const)('%s %s is refused', (quantity, header, sentence) => {
    expect(unit(quantity, header)).toMatch(sentence);
  });
});
