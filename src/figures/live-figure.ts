/** The losses of the run under way: what is shown while a lesson has nothing to draw yet. */
import type { Figure, Series, Text } from '../findings/findings.ts';
import { LOSS, SQUARED_ERROR, STEP } from '../lessons/shared/quantities.ts';
import { divergencesOf, meanOfOthers } from '../replicas.ts';
import type { RunResult } from '../worker/protocol.ts';
import { strings } from './strings.ts';

/** More points cannot be seen. */
const MOST_POINTS = 400;

/** Made anew at each drawing, so one language is enough. */
const here = (text: string): Text => ({ en: text, zh: text });

/** Means are over the replicas that have not diverged. */
export function liveFigure(run: RunResult): Figure {
  const { losses, evaluations } = run;
  const diverged = divergencesOf(run);
  const [first = []] = losses.values;
  const every = Math.max(1, Math.ceil(first.length / MOST_POINTS));
  const steps = Array.from({ length: Math.ceil(first.length / every) }, (_, i) => i * every);
  const training: Series = {
    name: here(strings.liveTraining),
    role: 'train',
    mark: 'line',
    x: steps.map((step) => losses.first + step + 1),
    y: steps.map((step) =>
      meanOfOthers(
        losses.values.map((values) => values[step] ?? NaN),
        diverged,
      ),
    ),
  };
  const measured = evaluations.filter(({ sets }) => sets.validation);
  const validation: Series = {
    name: here(strings.liveValidation),
    role: 'validation',
    mark: 'line',
    x: measured.map(({ step }) => step),
    y: measured.map(({ sets }) =>
      meanOfOthers(
        sets.validation!.map(({ loss }) => loss ?? NaN),
        diverged,
      ),
    ),
  };
  return {
    name: 'live',
    title: here(strings.live),
    x: { label: STEP, scale: 'linear' },
    y: { label: lossOf(measured), scale: 'linear' },
    series: [training, validation],
  };
}

/** Tasks with right and wrong answers have a cross-entropy, others a distance. */
function lossOf([first]: RunResult['evaluations']): Text {
  const [metrics] = first?.sets.validation ?? [];
  if (!metrics) return here(strings.liveY);
  return 'accuracy' in metrics ? LOSS : SQUARED_ERROR;
}
