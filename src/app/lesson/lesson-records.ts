/** What remains of a lesson's runs and what travels: kept runs, the link that was opened, and links that are made. */
import type { ReactiveControllerHost } from 'lit';
import type { ChartSeries } from '../../components/index.ts';
import type { Figure } from '../../lessons/lesson.ts';
import type { ExperimentMilestone } from '../../running/experiment-run.ts';
import { LessonSharing } from './lesson-sharing.ts';
import { OpenedLink } from './opened-link.ts';
import { OwnRuns } from './own-runs.ts';
import type { RecordsOf } from './records-of.ts';

export class LessonRecords {
  readonly own: OwnRuns;
  readonly link: OpenedLink;
  readonly sharing: LessonSharing;

  constructor(host: ReactiveControllerHost, of: RecordsOf) {
    this.own = new OwnRuns(host, of);
    this.link = new OpenedLink(host, of);
    this.sharing = new LessonSharing(of, this.own);
  }

  /** A run that has ended is kept, and held against the one of the link. */
  hear(milestone: ExperimentMilestone): void {
    const ended = this.own.hear(milestone);
    if (ended) this.link.compare(ended);
  }

  /** What is laid over a figure. @param isSeen the learner has predicted, or asked to be shown */
  overlaysOn(figure: Figure | undefined, isSeen: boolean): ChartSeries[] {
    return [...(isSeen ? this.own.overlaysOn(figure) : []), ...this.link.overlaysOn(figure, isSeen)];
  }
}
