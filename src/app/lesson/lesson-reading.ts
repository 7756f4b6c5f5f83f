/** Where on the chart somebody reads: the pictures of the inside and the sound follow, and move the chart in turn. */
import type { Curriculum } from '../curriculum.ts';
import type { LessonChart } from './lesson-chart.ts';
import type { LessonExperiment } from './lesson-experiment.ts';
import { LessonInside } from './lesson-inside.ts';
import { LessonSound } from './lesson-sound.ts';
import type { LessonView } from './lesson-view.ts';
import type { ReactiveControllerHost } from 'lit';

export interface ReadingOf {
  name: () => string;
  curriculum: () => Curriculum;
  experiment: LessonExperiment;
  view: LessonView;
  chart: LessonChart;
  /** shows the place on the chart */
  read: (at: number | undefined) => void;
}

export class LessonReading {
  readonly inside: LessonInside;
  readonly sound: LessonSound;

  constructor(host: ReactiveControllerHost, { name, curriculum, experiment, view, chart, read }: ReadingOf) {
    this.inside = new LessonInside(host, {
      inside: () => curriculum().inside(name()),
      recorded: () => curriculum().pictures(name()),
      run: () => experiment.run,
      size: () => experiment.applied.size,
      isOpen: () => view.isOpen,
      show: (at, figures) => {
        const { chosen } = chart;
        if (chosen && !figures.includes(chosen.name) && figures[0]) chart.show(figures[0]);
        read(at);
      },
    });
    this.sound = new LessonSound(host, {
      figure: () => (view.isOpen || view.whose !== 'recorded' ? chart.chosen : undefined),
      run: () => experiment.run,
      read: (at) => read(this.inside.read(at)),
    });
  }

  /** Somebody reads here, or nowhere. @returns the place that the chart shows then, the same as the pictures */
  read(at: number | undefined): number | undefined {
    this.sound.read(at);
    return this.inside.read(at);
  }
}
