/** What a learner may give to a class has changed: its event, and what is not given. */
import { SEED } from '../../lessons/seed.ts';
import type { KeptRun } from '../../findings/kept-run.ts';

export const GIVEN = 'lab-given';

/** A class pools runs of the lesson as it is. */
export const isChanged = ({ changes }: Pick<KeptRun, 'changes'>): boolean =>
  Object.keys(changes).some((key) => key !== 'size' && key !== SEED);
