/** Knobs that every experiment has. */
import { type Knob, scientific } from '../../components/index.ts';
import { strings } from './experiment-strings.ts';

const LEARNING_RATES = [1e-5, 3e-5, 1e-4, 3e-4, 1e-3, 3e-3, 1e-2, 3e-2, 1e-1, 3e-1, 1];

export interface TrainingDefaults {
  learningRate: number;
  batch: number;
  steps: number;
}

export function trainingKnobs({ learningRate, batch, steps }: TrainingDefaults): Knob[] {
  return [
    {
      key: 'learningRate',
      label: strings.learningRate,
      group: strings.groups.training,
      help: strings.learningRateHelp,
      kind: 'ladder',
      values: LEARNING_RATES,
      default: learningRate,
      format: scientific,
    },
    {
      key: 'batch',
      label: strings.batch,
      group: strings.groups.training,
      help: strings.batchHelp,
      kind: 'ladder',
      values: [8, 16, 32, 64, 128, 256, 512],
      default: batch,
    },
    {
      key: 'steps',
      label: strings.steps,
      group: strings.groups.training,
      help: strings.stepsHelp,
      kind: 'ladder',
      values: [100, 200, 500, 1000, 2000, 5000, 10_000, 20_000, 50_000],
      default: steps,
    },
    {
      key: 'replicas',
      label: strings.replicas,
      group: strings.groups.training,
      help: strings.replicasHelp,
      kind: 'ladder',
      values: [1, 2, 4, 8, 16, 32],
      default: 1,
    },
    {
      key: 'seed',
      label: strings.seed,
      group: strings.groups.training,
      help: strings.seedHelp,
      kind: 'integer',
      min: 0,
      max: 9999,
      default: 1,
    },
  ];
}

/** The part of a spec that the training knobs decide. */
export function trainingSpec(values: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const { learningRate, batch, steps, replicas, seed } = values;
  return {
    learningRate,
    batch,
    steps,
    replicas,
    seed,
    evaluate: { every: Math.max(1, Math.round((steps as number) / 50)) },
  };
}
