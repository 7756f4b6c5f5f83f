/** The learner against the law that their lesson is about, and how another seed is begun with; its card is loaded apart. */
import { html, nothing, type TemplateResult } from 'lit';
import type { Duel, Outcome } from '../duel/duel.ts';
import type { LessonExperiment } from './lesson-experiment.ts';
import type { LessonRecords } from './lesson-records.ts';
import type { LessonParts, LessonView } from './lesson-view.ts';
import { type PredictionControl, saidOf } from './prediction-control.ts';

/** Of a lesson's page. */
interface Around extends Pick<LessonParts, 'lesson'> {
  readonly name: string;
  readonly experiment: LessonExperiment;
  readonly predicts: PredictionControl;
  readonly records: LessonRecords;
  readonly view: LessonView;
}

export class LessonDuel {
  constructor(private readonly of: Around) {}

  /** Nothing in a lesson in which the learner predicts alone. */
  render(question: string): TemplateResult | typeof nothing {
    if (!this.of.lesson?.rival) return nothing;
    return html`<duel-card .duel=${this.duel} .question=${question}></duel-card>`;
  }

  private get duel(): Duel {
    const { experiment, lesson, records } = this.of;
    const values = [lesson!.question.value, lesson!.rival!.value];
    return {
      seed: experiment.seed,
      isBusy: experiment.run.phase === 'running',
      outcome: this.outcome,
      play: (seed) => this.play(seed),
      link: () => records.duelLink(values),
    };
  }

  private get outcome(): Outcome | undefined {
    const { lesson, experiment, predicts, view } = this.of;
    if (!lesson?.rival || view.whose !== 'own' || !view.isOpen) return undefined;
    const { question, rival } = lesson;
    const { figures = [], verdict } = view.shown ?? {};
    const figure = figures.find(({ name }) => name === question.figure);
    const said = saidOf(question, predicts.prediction);
    const { [question.value]: got, [rival.value]: theirs } = verdict?.numbers ?? {};
    if (!figure || said === undefined || got === undefined || theirs === undefined) return undefined;
    return {
      figure,
      frame: { x: question.x.range, y: question.y.range },
      unit: question.unit ?? { en: '', zh: '' },
      said,
      rival: { name: rival.name, said: theirs },
      got,
      device: experiment.device?.name ?? '',
    };
  }

  /** As by a link to that seed: what was said before is taken back, and what an earlier seed gave is put away. */
  private async play(seed: number): Promise<void> {
    const { name, experiment, predicts, records } = this.of;
    const hash = `#/lesson/${name}?size=${experiment.applied.size}&seed=${seed}`;
    if (location.hash !== hash) {
      const heard = new Promise((resolve) => addEventListener('hashchange', resolve, { once: true }));
      location.hash = hash;
      await heard;
    }
    await records.link.ready;
    if (experiment.seed !== seed) await experiment.open();
    predicts.again();
  }
}
