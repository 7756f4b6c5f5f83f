/** The results as people read them. */
import type { Comparison } from '../../bench/compare.ts';
import { quantity } from '../format.ts';
import { total, type Floor, type Rates } from '../../bench/floor.ts';

export interface Row {
  workload: string;
  engine: string;
  /** median ms per step with the loss read after each */
  msPerStep: number;
  /** median ms per step with 20 steps per submit and the last loss read */
  msPerStepEvery20: number;
  /** per steady step with the loss read after each */
  dispatchesPerStep: number;
  submitsPerStep: number;
  bindGroupsPerStep: number;
  buffersPerStep: number;
  /** bytes of all buffers that the workload holds */
  gpuBytes: number;
  /** from the first kernel to the first loss, less a steady step */
  compileMs: number;
  /** at 20 steps per submit */
  gflops: number;
  floor: Floor;
}

const COLUMNS: readonly [heading: string, cell: (row: Row) => string][] = [
  ['workload', ({ workload }) => workload],
  ['ms/step', ({ msPerStep }) => ms(msPerStep)],
  ['every 20', ({ msPerStepEvery20 }) => ms(msPerStepEvery20)],
  ['floor', ({ floor }) => ms(total(floor))],
  ['= max(flops,', ({ floor }) => ms(floor.flopsMs)],
  ['bytes)', ({ floor }) => ms(floor.bytesMs)],
  ['+ dispatches', ({ floor }) => ms(floor.dispatchMs)],
  ['+ submit', ({ floor }) => ms(floor.submitMs)],
  ['GFLOP/s', ({ gflops }) => gflops.toPrecision(3)],
  ['dispatches', ({ dispatchesPerStep }) => String(dispatchesPerStep)],
  ['submits', ({ submitsPerStep }) => String(submitsPerStep)],
  ['bind groups', ({ bindGroupsPerStep }) => String(bindGroupsPerStep)],
  ['buffers', ({ buffersPerStep }) => String(buffersPerStep)],
  ['memory', ({ gpuBytes }) => quantity(gpuBytes, 'B')],
  ['compile ms', ({ compileMs }) => compileMs.toFixed(0)],
];

export function table(rows: readonly Row[]): string {
  return align([
    COLUMNS.map(([heading]) => heading),
    ...rows.map((row) => COLUMNS.map(([, cell]) => cell(row))),
  ]);
}

/** Every engine's time for every workload, and below them what a step takes here at least. */
export function comparisonTable(comparisons: readonly Comparison[]): string {
  const heading = 'workload|engine|ms/step|× ours|dispatches|submits|bind groups|buffers|first ms'.split('|');
  const lines = comparisons.flatMap(({ workload, measurements, floor }) => [
    ...measurements.map((each) => [
      workload,
      each.engine,
      ms(each.msPerStep),
      each.ratio.toFixed(2),
      String(each.dispatchesPerStep),
      String(each.submitsPerStep),
      String(each.bindGroupsPerStep),
      String(each.buffersPerStep),
      each.firstMs.toFixed(0),
    ]),
    [
      workload,
      'floor',
      ms(total(floor)),
      (total(floor) / measurements[0]!.msPerStep).toFixed(2),
      ...Array<string>(5).fill(''),
    ],
  ]);
  return align([heading, ...lines]);
}

/** Lines of cells under each other; all columns but the first are set flush right. */
export function align(lines: readonly (readonly string[])[]): string {
  const widths = lines[0]!.map((_, i) => Math.max(...lines.map((line) => line[i]!.length)));
  return lines
    .map((line) =>
      line.map((cell, i) => (i === 0 ? cell.padEnd(widths[i]!) : cell.padStart(widths[i]!))).join('  '),
    )
    .join('\n');
}

export function ratesLine({ gflops, gigabytesPerSecond, dispatchMs, submitMs }: Rates): string {
  return [
    `best product ${gflops.toPrecision(3)} GFLOP/s`,
    `copy ${gigabytesPerSecond.toPrecision(3)} GB/s`,
    `dispatch ${(1000 * dispatchMs).toPrecision(3)} µs`,
    `submit with readback ${ms(submitMs)} ms`,
  ].join(' · ');
}

export function ms(value: number): string {
  return value >= 100 ? value.toFixed(0) : value.toPrecision(3);
}
