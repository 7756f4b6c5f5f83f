/** The learner's own runs of a lesson: the one that has ended now, and those that are kept in this browser. */
import { html, nothing, type ReactiveControllerHost, type TemplateResult } from 'lit';
import type { ChartSeries } from '../../components/index.ts';
import type { KeptRun } from '../../findings/kept-run.ts';
import type { Figure } from '../../lessons/lesson.ts';
import type { ExperimentMilestone } from '../../running/experiment-run.ts';
import { KeptRuns } from '../runs/kept-runs.ts';
import { strings as words } from '../runs/kept-strings.ts';
import { showValue } from './changes.ts';
import { keptRun } from './kept-run.ts';
import { strings } from './lesson-strings.ts';
import { pathLabel } from './path-labels.ts';
import type { RecordsOf } from './records-of.ts';

export class OwnRuns {
  /** the run that has ended, until another begins */
  ended: KeptRun | undefined;
  private readonly kept: KeptRuns;
  /** something was trained since a run was kept: a result that was only read from storage is not kept again */
  private trained = false;

  constructor(
    host: ReactiveControllerHost,
    private readonly of: Pick<RecordsOf, 'name' | 'content' | 'experiment' | 'predicts'>,
  ) {
    this.kept = new KeptRuns(host, {
      lesson: of.name,
      columns: () => {
        const { question } = of.content.lesson ?? {};
        return question ? [{ key: question.value, label: words.measured }] : [];
      },
      label: (path) => (path === 'size' ? strings.size : pathLabel(path)),
      value: showValue,
      usual: () => strings.usual,
    });
  }

  /** A run that was trained now is kept. @returns the run that has ended with this milestone */
  hear({ kind }: ExperimentMilestone): KeptRun | undefined {
    if (kind === 'done') this.trained = true;
    const run = kind === 'finished' ? this.record() : undefined;
    if (run || kind === 'begins' || kind === 'ready' || kind === 'running') this.ended = run;
    if (run && this.trained) {
      void this.kept.keep(run);
      this.trained = false;
    }
    return run;
  }

  /** The experiment as it could be kept now; nothing where it has no results. */
  record(): KeptRun | undefined {
    const { experiment, content, predicts } = this.of;
    return keptRun(experiment, content.lesson?.question, predicts.prediction);
  }

  /** The curves of kept runs that are selected for this figure. */
  overlaysOn(figure: Figure | undefined): ChartSeries[] {
    return this.kept.overlaysOn(figure);
  }

  /** @param figure the one that is on the chart */
  render(figure: Figure | undefined): TemplateResult {
    return html`${this.kept.runs.length ? this.kept.render() : nothing} ${this.kept.renderOthers(figure)}`;
  }
}
