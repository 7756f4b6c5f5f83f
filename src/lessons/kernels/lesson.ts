/** What does the GPU do all day? Products of matrices in two ways, and the roofline over them. */
import type { BenchmarkResult, RunResult } from '../../worker/protocol.ts';
import type { Figure, Findings, Lesson, Listing, Results, Size, Table, Verdict } from '../lesson.ts';
import { known, notEnough } from '../shared/evidence.ts';
import { finished, type Point } from '../shared/runs.ts';
import { series } from '../shared/series.ts';
import { scientific, text } from '../shared/text.ts';

const BENCHMARK = 'device';

/** Widths n of the products. Those that would take a device too long are left out there. */
const PRODUCTS: Record<Size, number[]> = {
  small: [32, 128, 256],
  standard: [32, 64, 128, 256, 512, 1024, 2048],
  large: [32, 64, 128, 256, 512, 1024, 2048, 4096],
};

/** A smaller product says more about dispatches than about fetching. */
const LEAST_PRODUCT = 128;
/** Below this factor, something else than fetching numbers is the limit. */
const LEAST_SPEEDUP = 1.5;

/** Lengths of sequences for attention, left out likewise. */
const LENGTHS: Record<Size, number[]> = {
  small: [64, 128],
  standard: [64, 256, 1024],
  large: [64, 256, 1024, 4096],
};

const COPIES = 64;

const REFUTED_BY = text(
  `On the largest product, a tiled kernel less than ${LEAST_SPEEDUP} times as fast as the naive one.`,
  `在最大的乘积上，分块核的速度不到朴素核的 ${LEAST_SPEEDUP} 倍。`,
);

export const lesson: Lesson = {
  name: 'kernels',
  title: text('Kernels', '计算核'),
  plan: (size, seed) => [
    {
      key: BENCHMARK,
      benchmark: {
        products: PRODUCTS[size],
        variants: ['naive', 'register', 'quad', 'subgroup', 'tiled'],
        attention: LENGTHS[size],
      },
    },
    { key: 'one', spec: tinyMlp(seed, 1) },
    { key: 'copies', spec: tinyMlp(seed, COPIES) },
  ],
  judge,
};

/** A network so small that a step is mostly dispatches. */
function tinyMlp(seed: number, replicas: number): Record<string, unknown> {
  return {
    task: { name: 'shapes', kind: 'spirals', validation: 64 },
    model: { kind: 'mlp', hidden: [32, 32], activation: 'relu' },
    batch: 64,
    steps: 200,
    evaluate: { every: 200 },
    seed,
    dataSeed: seed,
    replicas,
  };
}

type Product = BenchmarkResult['products'][number];

/** The naive kernel and the fastest other one at a width. */
interface Pair {
  n: number;
  naive?: Product;
  best?: Product;
}

function judge(results: Results): Findings {
  const benchmark = results.benchmarks.get(BENCHMARK);
  const pairs = benchmark ? pairsOf(benchmark.products) : [];
  const peak = Math.max(...pairs.flatMap(({ naive, best }) => [naive?.gflops ?? 0, best?.gflops ?? 0]), 0);
  return {
    tables: [
      productTable(pairs),
      ...(benchmark ? [attentionTable(benchmark.attention), deviceTable(benchmark, peak)] : []),
    ],
    figures: [speedFigure(pairs), ...(benchmark ? [rooflineFigure(benchmark, pairs, peak)] : [])],
    fits: {},
    ...(benchmark && { listings: listingsOf(benchmark, pairs) }),
    verdict: verdictOf(results, benchmark, pairs, peak),
  };
}

function pairsOf(products: readonly Product[]): Pair[] {
  const widths = [...new Set(products.map(({ n }) => n))].sort((a, b) => a - b);
  return widths.map((n) => {
    const here = products.filter((product) => product.n === n && product.gflops > 0);
    const naive = here.find(({ variant }) => variant === 'naive');
    const [best] = here.filter(({ variant }) => variant !== 'naive').sort((a, b) => b.gflops - a.gflops);
    return { n, ...(naive && { naive }), ...(best && { best }) };
  });
}

function verdictOf(
  results: Results,
  benchmark: BenchmarkResult | undefined,
  pairs: readonly Pair[],
  peak: number,
): Verdict {
  const last = pairs.findLast(({ naive, best }) => naive && best);
  if (!benchmark || !last?.naive || !last.best) {
    return notEnough(text('The device has not been measured yet.', '还没有测量这台设备。'), REFUTED_BY);
  }
  const speedup = last.best.gflops / last.naive.gflops;
  const numbers = known({
    speedup,
    naiveGflops: last.naive.gflops,
    tiledGflops: last.best.gflops,
    bandwidth: benchmark.gigabytesPerSecond,
    ridge: peak / benchmark.gigabytesPerSecond,
    dispatchMicroseconds: benchmark.dispatchMicroseconds,
    submitMicroseconds: benchmark.submitMicroseconds,
    copiesFactor: copiesFactor(finished(results, 'one'), finished(results, 'copies')),
  });
  if (last.n < LEAST_PRODUCT) {
    return notEnough(
      text(
        `Both kernels were measured only up to ${last.n} rows; the claim needs ${LEAST_PRODUCT}.`,
        `两种计算核都只测到 ${last.n} 行；要判断这个说法，至少需要 ${LEAST_PRODUCT} 行。`,
      ),
      REFUTED_BY,
      numbers,
    );
  }
  const said = [speedup, last.best.gflops, last.naive.gflops].map((number) => scientific(number)) as [
    string,
    string,
    string,
  ];
  return {
    outcome: speedup >= LEAST_SPEEDUP ? 'holds' : 'does-not-hold',
    numbers,
    sentence: text(
      `With ${last.n} rows the ${last.best.variant} kernel is ${said[0]} times as fast as the naive one: ${said[1]} against ${said[2]} GFLOP/s.`,
      `${last.n} 行时，${last.best.variant} 核的速度是朴素核的 ${said[0]} 倍：${said[1]} 对 ${said[2]} GFLOP/s。`,
    ),
    refutedBy: REFUTED_BY,
  };
}

/** Time of a step of all copies over that of one. */
function copiesFactor(one: RunResult | undefined, copies: RunResult | undefined): number | undefined {
  return one && copies ? copies.seconds / copies.step / (one.seconds / one.step) : undefined;
}

function productTable(pairs: readonly Pair[]): Table {
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

function deviceTable(benchmark: BenchmarkResult, peak: number): Table {
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

function attentionTable(attention: BenchmarkResult['attention']): Table {
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

/** What ran: the naive kernel, the one that was fastest at the largest width, and attention. */
function listingsOf({ kernels }: BenchmarkResult, pairs: readonly Pair[]): Listing[] {
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

const NAIVE = text('naive kernel', '朴素核');
const BEST = text('fastest tiled kernel', '最快的分块核');
const ATTENTION = text('attention', '注意力');
const GFLOPS = { label: text('GFLOP/s', 'GFLOP/s'), scale: 'log' } as const;

/** GFLOP/s of a kernel at each width, with x as wanted. */
function points(pairs: readonly Pair[], which: 'naive' | 'best', x: (n: number) => number): Point[] {
  return pairs.flatMap((pair) => {
    const product = pair[which];
    return product ? [{ x: x(pair.n), y: product.gflops }] : [];
  });
}

function speedFigure(pairs: readonly Pair[]): Figure {
  return {
    name: 'speed',
    title: text('Speed against size', '速度与大小'),
    x: { label: text('rows n', '行数 n'), scale: 'log' },
    y: GFLOPS,
    series: [
      series(
        NAIVE,
        'control',
        'line',
        points(pairs, 'naive', (n) => n),
      ),
      series(
        BEST,
        'measured',
        'line',
        points(pairs, 'best', (n) => n),
      ),
    ],
    ...(pairs.length > 0 && {
      marks: {
        naive: { x: pairs.findLast(({ naive }) => naive)?.n ?? pairs[0]!.n, series: 0 },
        tiled: { x: pairs.at(-1)!.n, series: 1 },
        small: { x: pairs[0]!.n, series: 1 },
      },
    }),
  };
}

/** FLOPs per byte where each matrix is read or written once: 2n³ over three matrices of 4n² bytes. */
function intensity(n: number): number {
  return n / 6;
}

function rooflineFigure(
  { gigabytesPerSecond, attention }: BenchmarkResult,
  pairs: readonly Pair[],
  peak: number,
): Figure {
  const ridge = peak / gigabytesPerSecond;
  const attended = attention.map(({ flopsPerByte, gflops }) => ({ x: flopsPerByte, y: gflops }));
  const ends = [...pairs.map(({ n }) => intensity(n)), ...attended.map(({ x }) => x), ridge];
  const [low, high] = [Math.min(...ends) / 2, Math.max(...ends) * 2];
  const roof = [low, ridge, high].map((x) => ({ x, y: Math.min(peak, gigabytesPerSecond * x) }));
  return {
    name: 'roofline',
    title: text('Roofline', '屋顶线'),
    x: {
      label: text('FLOPs per byte, each matrix moved once', '每字节的 FLOP 数，每个矩阵只搬一次'),
      scale: 'log',
    },
    y: GFLOPS,
    series: [
      series(text('roof', '屋顶'), 'reference', 'line', roof),
      series(NAIVE, 'control', 'points', points(pairs, 'naive', intensity)),
      series(BEST, 'measured', 'points', points(pairs, 'best', intensity)),
      series(ATTENTION, 'measured', 'points', attended),
    ],
    marks: {
      slope: { x: Math.sqrt(low * ridge), series: 0 },
      ridge: { x: ridge, series: 0 },
      ...(attended.length > 0 && { attention: { x: attended.at(-1)!.x, series: 3 } }),
    },
  };
}
