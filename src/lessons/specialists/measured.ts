/** What specialists measures: accuracy in the domain and on the general mix, seed by seed. */
import type { RunResult } from '../../worker/protocol.ts';
import { lastMetrics } from '../shared/replicas.ts';

/** Accuracy of a model in the domain and on the general mix, by seed. */
export interface Score {
  domain: number[];
  general: number[];
}

export function scoreOf(run: RunResult): Score {
  return {
    domain: lastMetrics(run, 'domain', 'accuracy'),
    general: lastMetrics(run, 'general', 'accuracy'),
  };
}

/** a − b, seed by seed; nothing where one of them is missing. */
export function differences(a: readonly number[] | undefined, b: readonly number[] | undefined): number[] {
  return (a ?? []).map((value, i) => value - (b?.[i] ?? NaN)).filter(Number.isFinite);
}
