/** What is on a lesson's page, given away: as a link, as a figure for another page, as a citation. */
import { html, nothing, type TemplateResult } from 'lit';
import type { LabChart, MadeLink } from '../../components/index.ts';
import type { Figure } from '../../lessons/lesson.ts';
import { language } from '../../locales/language.ts';
import { metaOf } from '../curriculum.ts';
import { isInCourse } from '../frame/site.ts';
import { linkTo } from '../sharing/sharing.ts';
import { withoutSeed } from './choice.ts';
import type { Cited } from './cite-dialog.ts';
import { type Embedded, embeddedFrom } from './embedded.ts';
import { packed } from './kept-run.ts';
import type { OwnRuns } from './own-runs.ts';
import type { RecordsOf } from './records-of.ts';

export class LessonSharing {
  constructor(
    private readonly of: RecordsOf,
    private readonly own: OwnRuns,
  ) {}

  /** The page as a link: with the result and its settings once a run has ended, else with the settings as they stand. */
  async share(): Promise<MadeLink> {
    const { name, experiment, view, chart, content, predicts } = this.of;
    const run = this.isFinished ? this.own.record() : undefined;
    const question = content.lesson?.question;
    const { sharedOf } = await import('./made-link.ts');
    const shared = sharedOf(
      name(),
      run ? experiment.applied : experiment.draft,
      packed(question, predicts.prediction),
      { ...view.views.changes, ...(chart.figure !== undefined && { figure: chart.figure }) },
      run,
      question,
    );
    return { link: await linkTo(`lesson/${name()}`, shared) };
  }

  /** The buttons. @param figure the one that is on the chart */
  render(chart: () => LabChart | null, figure: Figure | undefined): TemplateResult {
    // A course has no use for links to its own pages, nor for figures from there.
    const away = isInCourse()
      ? nothing
      : html`<lab-share .make=${() => this.share()}></lab-share
          ><lab-embed .make=${() => this.embed(chart(), figure)}></lab-embed>`;
    return html`${away}<lab-cite .make=${() => this.cite()}></lab-cite>`;
  }

  private embed(chart: LabChart | null, figure: Figure | undefined): { embedded: Embedded; title: string } {
    const { name, experiment, predicts, content } = this.of;
    const prediction = predicts.on(figure?.name, content.lesson?.question);
    return {
      embedded: embeddedFrom(name(), experiment.draft, chart, figure, prediction),
      title: this.title,
    };
  }

  private cite(): Cited {
    const { name, experiment } = this.of;
    const { size, changes } = this.isFinished ? experiment.applied : experiment.draft;
    const { seed = experiment.seed, others } = withoutSeed(changes);
    return { lesson: name(), lang: language(), title: this.title, size, seed, changes: others };
  }

  private get title(): string {
    return metaOf(this.of.name(), language()).question;
  }

  private get isFinished(): boolean {
    return this.of.experiment.run.phase === 'finished';
  }
}
