/** What a sweep leaves in files: itself, its table as the command line writes it, and all results. */
import { download } from '../../components/index.ts';
import { SWEEP_FORMAT } from '../../files/formats.ts';
import type { FittedLaw, Lab, RunResult, SweepRun } from '../../worker/protocol.ts';
import type { SweepInput } from './sweep-draft.ts';
import { heldOut } from './sweep-results.ts';

type Results = ReadonlyMap<string, RunResult>;

const save = (name: string, text: string, type: string): void => download(name, new Blob([text], { type }));

/** The file that the command line's `sweep` takes. */
export function saveSweep(sweep: SweepInput): void {
  save('sweep.json', JSON.stringify(sweep, undefined, 2), 'application/json');
}

export async function saveTable(lab: Lab, sweep: SweepInput, results: Results): Promise<void> {
  // The table needs no curves.
  const ends = [...results].map(([key, result]): [string, RunResult] => [
    key,
    { ...result, losses: { first: 0, values: [] }, evaluations: result.evaluations.slice(-1) },
  ]);
  save('sweep.csv', await lab.table(sweep, Object.fromEntries(ends)), 'text/csv');
}

export function saveResults(
  sweep: SweepInput,
  runs: readonly SweepRun[],
  results: Results,
  fit: FittedLaw | undefined,
): void {
  const done = runs.flatMap(({ key, values, N, D, C }) => {
    const result = results.get(key);
    return result ? [{ key, values, N, D, C, loss: heldOut(result), result }] : [];
  });
  save(
    'sweep-results.json',
    JSON.stringify({ format: SWEEP_FORMAT, sweep, fit, runs: done }),
    'application/json',
  );
}
