/** A benchmark's result as text to paste: a Markdown table with adapter and date. */
import type { Comparison } from '../../bench/compare.ts';

export interface BenchResult {
  adapter: string;
  /** ISO 8601 */
  date: string;
  comparisons: readonly Comparison[];
}

/** A row of the table: one engine, or the floor. */
export interface ResultRow {
  workload: string;
  engine: string;
  /** none where the engine failed */
  msPerStep?: number;
  ratio?: number;
  dispatches?: number;
  failure?: string;
}

/** What is the floor called, which is no engine. */
export const FLOOR = 'floor';

export function rowsOf({ workload, measurements, floor, failures }: Comparison): ResultRow[] {
  const { flopsMs, bytesMs, dispatchMs, submitMs } = floor;
  const least = Math.max(flopsMs, bytesMs) + dispatchMs + submitMs;
  return [
    ...measurements.map(({ engine, msPerStep, ratio, dispatchesPerStep }) => ({
      workload,
      engine,
      msPerStep,
      ratio,
      dispatches: dispatchesPerStep,
    })),
    ...failures.map(({ engine, message }) => ({ workload, engine, failure: message })),
    { workload, engine: FLOOR, msPerStep: least, ratio: least / measurements[0]!.msPerStep },
  ];
}

/** Three significant digits, whole numbers from 100 on. */
export function short(value: number | undefined): string {
  if (value === undefined) return '';
  return value >= 100 ? value.toFixed(0) : value.toPrecision(3);
}

export function resultText({ adapter, date, comparisons }: BenchResult): string {
  const lines = comparisons
    .flatMap(rowsOf)
    .map((row) => [
      row.workload,
      row.engine,
      row.failure ?? short(row.msPerStep),
      row.ratio?.toFixed(2) ?? '',
      String(row.dispatches ?? ''),
    ]);
  return [
    `Scaling Lab benchmark, ${adapter}, ${date.slice(0, 10)}`,
    '',
    '| workload | engine | ms per step | × this engine | dispatches |',
    '| --- | --- | ---: | ---: | ---: |',
    ...lines.map((cells) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`),
    '',
  ].join('\n');
}
