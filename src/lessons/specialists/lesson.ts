/**
 * Can a small domain model beat a big generalist? Both are trained on a general mix; then the small one is fine-tuned
 * on one domain, with and without replay of the mix.
 */
import type { RunResult, RunSpec } from '../../worker/protocol.ts';
import type { Findings, Lesson, PlannedItem, Results } from '../lesson.ts';
import { independent } from '../shared/replicas.ts';
import { finished } from '../shared/runs.ts';
import { text } from '../shared/text.ts';
import {
  DESIGNS,
  domainSpec,
  GENTLER,
  type Key,
  KEYS,
  LOOP,
  type Model,
  NEW_QUESTIONS,
  WITH_REPLAY,
} from './design.ts';
import { learningFigure, loopFigure } from './figures.ts';
import { scoreOf } from './measured.ts';
import { question } from './question.ts';
import { scoreTable } from './tables.ts';
import { verdictOf } from './verdict.ts';

export const lesson: Lesson = {
  name: 'specialists',
  question,
  plan: (size, seed) => {
    const { big, small, steps, fineTuningSteps, replaySteps, seeds } = DESIGNS[size];
    const gentle = (model: Model): Model => ({ ...model, learningRate: GENTLER * model.learningRate });
    const run = (
      key: Key,
      { width, learningRate }: Model,
      steps: number,
      share: number,
      from?: Key,
      more: Record<string, unknown> = {},
    ): PlannedItem => ({
      key,
      spec: {
        ...domainSpec(width, steps, share),
        learningRate,
        seed,
        dataSeed: seed,
        ...independent(seeds),
        ...more,
      },
      ...(from && { from }),
    });
    const onward = Object.entries(LOOP) as [keyof typeof LOOP, RunSpec['labels']][];
    return [
      run('generalist', big, steps, 0),
      run('small', small, steps, 0),
      run('fine-tuned', gentle(small), fineTuningSteps, 1, 'small'),
      run('replay', gentle(small), replaySteps, WITH_REPLAY, 'small'),
      run('longer', gentle(small), 2 * fineTuningSteps, 1, 'small'),
      run('scratch', small, fineTuningSteps, 1),
      run('big-fine-tuned', gentle(big), fineTuningSteps, 1, 'generalist'),
      ...onward.map(([key, labels]) =>
        run(key, gentle(small), fineTuningSteps / 2, 1, 'fine-tuned', {
          labels,
          dataSeed: seed + NEW_QUESTIONS,
          evaluate: { every: fineTuningSteps / 4 },
        }),
      ),
    ];
  },
  judge,
};

function judge(results: Results): Findings {
  const runs = new Map(
    KEYS.flatMap((key): [Key, RunResult][] => {
      const run = finished(results, key);
      return run ? [[key, run]] : [];
    }),
  );
  const scores = new Map([...runs].map(([key, run]) => [key, scoreOf(run)]));
  return {
    tables: [scoreTable(runs, scores)],
    figures: [
      learningFigure(runs, 'domain', text('In the domain', '在领域中')),
      learningFigure(runs, 'general', text('On the general mix', '在通用混合上')),
      loopFigure(runs),
    ],
    fits: {},
    verdict: verdictOf(results, scores),
  };
}
