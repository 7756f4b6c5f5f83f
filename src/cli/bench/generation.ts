/** How fast the tasks make their examples: they must never hold up the GPU. */
import { parse } from '../../schema.ts';
import { type Task, tasks } from '../../tasks/index.ts';
import { quantity } from '../format.ts';
import { align, ms } from './table.ts';

export interface GenerationRow {
  task: string;
  /** training examples at the task's defaults */
  rows: number;
  /** for all of its data, held-out sets included */
  generationMs: number;
  rowsPerSecond: number;
}

export function measureGeneration(): GenerationRow[] {
  return Object.entries<Task>(tasks).map(([name, task]) => {
    const options = parse(task.schema, {}, 'task');
    const started = performance.now();
    const { train } = task.generate(options, 1);
    const generationMs = performance.now() - started;
    return { task: name, rows: train.rows, generationMs, rowsPerSecond: (1000 * train.rows) / generationMs };
  });
}

export function generationTable(rows: readonly GenerationRow[]): string {
  return align([
    ['task', 'examples', 'ms', 'examples/s'],
    ...rows.map(({ task, rows, generationMs, rowsPerSecond }) => [
      task,
      quantity(rows),
      ms(generationMs),
      quantity(rowsPerSecond),
    ]),
  ]);
}
