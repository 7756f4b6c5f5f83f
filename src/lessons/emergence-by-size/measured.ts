/** What emergence-by-size measures: exact match of each seed of a width. */
import type { RunResult } from '../../worker/protocol.ts';
import { lastMetrics } from '../shared/replicas.ts';

/** The seeds of one width. */
export interface Group {
  width: number;
  run: RunResult;
  /** exact match of each seed that did not diverge */
  exact: number[];
}

export function groupOf(run: RunResult | undefined): Group | undefined {
  if (run?.spec.model.kind !== 'transformer') return undefined;
  const exact = lastMetrics(run, 'validation', 'exactMatch').filter(Number.isFinite);
  return exact.length > 0 ? { width: run.spec.model.width, run, exact } : undefined;
}
