/**
 * What files of the lab call themselves: `scaling-lab`, what they hold, and the version of that. A version reads all of
 * before; files of the first versions that said nothing are known by what they hold.
 */

import { type KeptRun, RUNS_FORMAT } from '../findings/kept-run.ts';

export { RUNS_FORMAT };
/** A run's result with all of its losses, as the command line writes it. */
export const RUN_FORMAT = 'scaling-lab run 1';
/** A sweep with the results of its runs. */
export const SWEEP_FORMAT = 'scaling-lab sweep 1';

/** A file of runs as a page keeps them. */
export const runsText = (runs: readonly Omit<KeptRun, 'id'>[]): string =>
  `${JSON.stringify({ format: RUNS_FORMAT, runs })}\n`;
