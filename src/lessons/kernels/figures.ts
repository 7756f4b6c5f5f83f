/** Figures of kernels: speed against size, and the roofline. */
import type { BenchmarkResult } from '../../worker/protocol.ts';
import type { Figure } from '../lesson.ts';
import type { Point } from '../shared/runs.ts';
import { series } from '../shared/series.ts';
import { text } from '../shared/text.ts';
import { ATTENTION, NAIVE } from './listings.ts';
import type { Pair } from './measured.ts';

const BEST = text('fastest tiled kernel', '最快的分块核');

const GFLOPS = { label: text('GFLOP/s', 'GFLOP/s'), scale: 'log' } as const;

/** GFLOP/s of a kernel at each width, with x as wanted. */
function points(pairs: readonly Pair[], which: 'naive' | 'best', x: (n: number) => number): Point[] {
  return pairs.flatMap((pair) => {
    const product = pair[which];
    return product ? [{ x: x(pair.n), y: product.gflops }] : [];
  });
}

export function speedFigure(pairs: readonly Pair[]): Figure {
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

export function rooflineFigure(
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
