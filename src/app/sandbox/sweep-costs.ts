/** What a sweep that came by a link asks of the device. */
import type { Lab, RunCost } from '../../worker/protocol.ts';
import type { Draft } from './draft.ts';
import { AxisError, type SweepDraft, toSweep } from './sweep-draft.ts';

/** The costs of its runs; none for a sweep that cannot be planned: nothing of it is trained, and the form says what is wrong. */
export async function costsOfSweep(lab: Lab, draft: Draft, sweep: SweepDraft): Promise<RunCost[]> {
  const form = await lab.describe();
  try {
    const planned = await lab.plan(toSweep(draft, sweep, form));
    return 'runs' in planned ? planned.runs.map(({ cost }) => cost) : [];
  } catch (error) {
    if (error instanceof AxisError) return [];
    throw error;
  }
}
