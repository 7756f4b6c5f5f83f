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
    ['N', 'params（M）', 1e6],
    ['N', 'Mparams', 1e6],
    ['D', 'Btok', 1e9],
    ['C', 'compute_e18', 1e18],
    ['C', 'model/total_gflops', 1e9],
    ['D', 'throughput/tokens', 1],
    ['N', 'resnet-50 params', 1],
    ['x', 'x/1e6', 1],
    ['loss', 'eval/loss', 1],
    ['loss', 'loss per token', 1],
    ['loss', 'loss*', 1],
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
    ['N', 'N/1e6', /is a formula; write parameters themselves, or add --units N=/],
    ['N', 'N / 10^6', /formula/],
    ['N', '1/N', /formula/],
    ['N', 'N**0.5', /formula/],
    ['N', 'params x 1000', /formula/],
    ['N', '参数（亿）', /unknown/],
    ['N', 'Params [×10^6]', /unknown/],
    ['N', 'size_mb', /counts mb/],
    ['D', 'D/N', /ratio/],
    ['D', 'tokens_per_param', /ratio/],
    ['D', 'GB of text', /counts GB/],
    ['C', 'GFLOPs/token', /ratio/],
    ['C', 'MACs', /counts MACs; write FLOPs themselves, or add --units C=/],
    ['C', 'kWh', /counts k?Wh/],
    ['loss', 'loss*10', /is a formula; write nats themselves\./],
    ['loss', '1 - loss', /formula/],
    ['loss', 'loss %', /formula/],
    ['loss', 'loss_e3', /formula/],
    ['loss', 'BPT', /--units loss=bits/],
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
