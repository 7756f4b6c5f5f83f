/** The verdict of kernels: the speedup of the best kernel over the naive one. */
import type { BenchmarkResult } from '../../worker/protocol.ts';
import type { Results, Verdict } from '../lesson.ts';
import { known, notEnough } from '../shared/evidence.ts';
import { finished } from '../shared/runs.ts';
import { scientific, text } from '../shared/text.ts';
import { copiesFactor, type Pair } from './measured.ts';

/** A smaller product says more about dispatches than about fetching. */
const LEAST_PRODUCT = 128;
/** Below this factor, something else than fetching numbers is the limit. */
const LEAST_SPEEDUP = 1.5;

const REFUTED_BY = text(
  `On the largest product, a tiled kernel less than ${LEAST_SPEEDUP} times as fast as the naive one.`,
  `在最大的乘积上，分块核的速度不到朴素核的 ${LEAST_SPEEDUP} 倍。`,
);

export function verdictOf(
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
