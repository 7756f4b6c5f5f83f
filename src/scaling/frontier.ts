/** The frontier of loss against compute: the runs that no cheaper or equally dear run beats. */
import { fitPowerLaw, type PowerLawFit, type PowerLawOptions } from './power-law.ts';
import { type Refusal } from './refusal.ts';

/** Rows on the frontier, by rising C (FLOPs) and falling loss. */
export function frontier<T extends { C: number; loss: number }>(runs: readonly T[]): T[] {
  let best = Infinity;
  return [...runs]
    .sort((a, b) => a.C - b.C || a.loss - b.loss)
    .filter((run) => {
      if (!(run.loss < best)) return false;
      best = run.loss;
      return true;
    });
}

/** L = E + A·C^(−α) through the frontier (Kaplan et al. 2001.08361, eq. 1.3, with a floor). */
export function fitFrontier(
  runs: readonly { C: number; loss: number }[],
  options: PowerLawOptions = {},
): PowerLawFit | Refusal {
  return fitPowerLaw(
    frontier(runs).map((run) => ({ x: run.C, y: run.loss })),
    options,
  );
}
