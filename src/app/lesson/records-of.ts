/** What kept runs, opened links and shared links of a lesson need of its page. */
import type { Lab } from '../../worker/protocol.ts';
import type { Curriculum } from '../curriculum.ts';
import type { LessonChart } from './lesson-chart.ts';
import type { LessonContent } from './lesson-content.ts';
import type { LessonExperiment } from './lesson-experiment.ts';
import type { LessonView } from './lesson-view.ts';
import type { PredictionControl } from './prediction-control.ts';

export interface RecordsOf {
  name: () => string;
  lab: () => Lab;
  curriculum: () => Curriculum;
  content: LessonContent;
  experiment: LessonExperiment;
  predicts: PredictionControl;
  view: LessonView;
  chart: LessonChart;
}
