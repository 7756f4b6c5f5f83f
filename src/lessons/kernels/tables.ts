/** Tables of kernels: products, attention, and the device. */
import type { BenchmarkResult } from '../../worker/protocol.ts';
import type { Table } from '../lesson.ts';
import { text } from '../shared/text.ts';
import type { Pair } from './measured.ts';

export function productTable(pairs: readonly Pair[]): Table {
  return {
    name: 'products',
    title: text('Products of two matrices with n rows and columns', 'n 行 n 列的两个矩阵的乘积'),
    columns: [
      { key: 'n', title: text('n', 'n') },
      { key: 'naive', title: text('naive, GFLOP/s', '朴素核，GFLOP/s') },
      { key: 'best', title: text('fastest, GFLOP/s', '最快的核，GFLOP/s') },
      { key: 'variant', title: text('fastest kernel', '最快的核') },
      { key: 'speedup', title: text('factor', '倍数') },
    ],
    rows: pairs.map(({ n, naive, best }) => [
      n,
      naive?.gflops ?? null,
      best?.gflops ?? null,
      best?.variant ?? null,
      naive && best ? best.gflops / naive.gflops : null,
    ]),
  };
}

export function deviceTable(benchmark: BenchmarkResult, peak: number): Table {
  return {
    name: 'device',
    title: text('The device', '设备'),
    columns: [
      { key: 'device', title: text('device', '设备') },
      { key: 'peak', title: text('best product, GFLOP/s', '最快的乘积，GFLOP/s') },
      { key: 'bandwidth', title: text('bandwidth, GB/s', '带宽，GB/s') },
      { key: 'ridge', title: text('ridge, FLOP/byte', '拐点，FLOP/字节') },
      { key: 'dispatch', title: text('dispatch, µs', '一次调度，微秒') },
      { key: 'submit', title: text('submit with readback, µs', '一次提交与读回，微秒') },
    ],
    rows: [
      [
        benchmark.device,
        peak,
        benchmark.gigabytesPerSecond,
        peak / benchmark.gigabytesPerSecond,
        benchmark.dispatchMicroseconds,
        benchmark.submitMicroseconds,
      ],
    ],
  };
}

export function attentionTable(attention: BenchmarkResult['attention']): Table {
  return {
    name: 'attention',
    title: text('Attention over a sequence of T tokens', '对 T 个词元的序列做注意力'),
    columns: [
      { key: 'length', title: text('T', 'T') },
      { key: 'gflops', title: text('GFLOP/s', 'GFLOP/s') },
      { key: 'variant', title: text('kernel', '计算核') },
      { key: 'intensity', title: text('FLOPs per byte', '每字节的 FLOP 数') },
    ],
    rows: attention.map(({ length, gflops, variant, flopsPerByte }) => [
      length,
      gflops,
      variant,
      flopsPerByte,
    ]),
  };
}
