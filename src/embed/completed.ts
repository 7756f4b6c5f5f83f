/** What a figure tells its page when its experiment has ended. */
import { FIRST_SEED } from '../lessons/seed.ts';
import type { Size } from '../lessons/lesson.ts';
import type { ExperimentRun } from '../running/experiment-run.ts';
import type { CompleteDetail } from './events.ts';
import type { Settings } from './settings.ts';

/** @param seed that was chosen, by the author or the reader */
export function completed(
  { findings, results }: ExperimentRun,
  { lesson, spec }: Settings,
  size: Size | undefined,
  seed: number | undefined,
): CompleteDetail {
  const [first] = spec ? results.runs.values() : [];
  return {
    lesson,
    size: size ?? 'standard',
    seed: first?.spec.seed ?? seed ?? FIRST_SEED,
    findings,
    results: Object.fromEntries(results.runs),
  };
}
