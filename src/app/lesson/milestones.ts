/** Milestones of an experiment as sentences. */
import type { ExperimentMilestone, ExperimentRun } from '../../running/experiment-run.ts';
import { say } from '../../figures/series.ts';
import { strings } from './lesson-strings.ts';

/** Empty where there is nothing to say. */
export function describeMilestone(
  milestone: ExperimentMilestone,
  { entries, findings, problem }: Pick<ExperimentRun, 'entries' | 'findings' | 'problem'>,
): string {
  const words = strings.milestones;
  /** People know a run by its place in the row, from 1. */
  const placeOf = (key: string): number => entries.findIndex((entry) => entry.key === key) + 1;
  switch (milestone.kind) {
    case 'running':
      return words.running;
    case 'begins':
      return entries.length > 1 ? words.begins(placeOf(milestone.key)) : '';
    case 'done': {
      const done = entries.filter(({ state }) => state === 'done').length;
      return words.done(placeOf(milestone.key), done, entries.length);
    }
    case 'skipped':
      return words.skipped(placeOf(milestone.key));
    case 'recovered':
      return milestone.lost === 'worker' ? words.otherWorker(placeOf(milestone.key)) : words.recovered;
    case 'paused':
      return words.paused;
    case 'finished':
      return words.finished(findings ? say(findings.verdict.sentence) : '');
    case 'failed':
      // A notice on the page says it already.
      if (problem?.name === 'NoKernelsError') return '';
      return words.failed(milestone.message ?? '');
    default:
      return '';
  }
}
