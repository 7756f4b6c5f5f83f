/** A lesson's experiment as it is kept in the browser: what was recorded, what was changed, and what was predicted. */
import type { Prediction } from '../../components/index.ts';
import type { KeptRun } from '../../findings/kept-run.ts';
import type { Question } from '../../lessons/question.ts';
import { makeRecording } from '../../lessons/recording.ts';
import { strings as words } from '../runs/kept-strings.ts';
import { packPrediction } from '../sharing/sharing.ts';
import type { LessonExperiment } from './lesson-experiment.ts';
import { strings } from './lesson-strings.ts';

/** Nothing where no run has results, or where the device is unknown. */
export function keptRun(
  { lesson, device, applied, seed, plan, run }: LessonExperiment,
  question: Question | undefined,
  prediction: Prediction | undefined,
): KeptRun | undefined {
  if (!lesson || !device || !run.hasResults) return undefined;
  const { results } = run;
  const seconds = [...results.runs.values()].reduce((sum, result) => sum + result.seconds, 0);
  const recording = makeRecording({ ...lesson, plan: () => plan }, results, {
    size: applied.size,
    seed,
    device: device.name,
    date: new Date().toISOString(),
    seconds: Number(seconds.toPrecision(3)),
  });
  return {
    ...recording,
    name: words.run(strings.sizes[applied.size]),
    changes: { size: applied.size, ...applied.changes },
    prediction: packed(question, prediction),
  };
}

/** A prediction as runs and links carry it. */
export const packed = (
  question: Question | undefined,
  prediction: Prediction | undefined,
): KeptRun['prediction'] => (question ? packPrediction(question.value, prediction) : {});
