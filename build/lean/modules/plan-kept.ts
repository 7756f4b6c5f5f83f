/** What the store of a figure holds is of its own runs, weights and all: it lasts as long as its worker. */
import type * as Full from '../../../src/training/plan/plan-kept.ts';
import type { ResultStore } from '../../../src/training/plan/store.ts';

type Kept = Pick<Full.PlanKept, keyof Full.PlanKept>;

export class PlanKept implements Kept {
  constructor(private readonly store: ResultStore) {}

  partOf: Kept['partOf'] = (run) => this.store.loadPart(run);
  weightsOf: Kept['weightsOf'] = ({ run }) => this.store.loadCheckpoint(run!);
  resultOf: Kept['resultOf'] = async ({ run }) => run && this.store.load(run);
}
