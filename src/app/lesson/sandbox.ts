/** The sandbox as a lesson: one run, whatever the learner makes of it, and its curves. It claims nothing. */
import type { Findings, Lesson, Results, Size } from '../../lessons/lesson.ts';
import { liveFigure } from './live-figure.ts';

const KEY = 'run';
const STEPS: Record<Size, number> = { small: 500, standard: 2000, large: 8000 };
/** The training loss at the end is a mean over so many steps. */
const LAST_STEPS = 20;

export const lesson: Lesson = {
  name: 'sandbox',
  title: { en: 'Sandbox', zh: '沙盒' },
  plan: (size, seed) => [
    {
      key: KEY,
      spec: {
        task: { name: 'sine' },
        model: { kind: 'mlp', hidden: [32, 32], activation: 'tanh' },
        learningRate: 0.01,
        batch: 64,
        steps: STEPS[size],
        seed,
      },
    },
  ],
  judge,
};

function judge({ runs }: Results): Findings {
  const run = runs.get(KEY);
  const last = run?.losses.values[0]?.slice(-LAST_STEPS) ?? [];
  const trainLoss = last.reduce((sum, loss) => sum + loss, 0) / last.length;
  return {
    tables: [],
    figures: run ? [liveFigure(run)] : [],
    fits: {},
    verdict: {
      outcome: 'not-enough-evidence',
      numbers: run ? { trainLoss } : {},
      sentence: { en: '', zh: '' },
      refutedBy: { en: '', zh: '' },
    },
  };
}
