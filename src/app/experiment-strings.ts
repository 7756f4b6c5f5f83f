/** What all experiments say. */
import { significant, whole } from '../components/index.ts';

export const strings = {
  groups: { data: 'Data', model: 'Model', training: 'Training' },
  learningRate: 'learning rate',
  learningRateHelp: 'How far each step moves the weights. Too small is slow, too large never settles.',
  batch: 'batch',
  batchHelp: 'Examples per step and model. More give a truer direction and cost more.',
  seed: 'seed',
  seedHelp: 'Decides the first weights and the order of the examples. The same seed gives the same run.',
  replicas: 'replicas',
  replicasHelp:
    'Models trained side by side, alike but for their seed: the band shows how far luck alone takes them apart.',
  steps: 'steps',
  stepsHelp: 'How often the weights are changed in all.',
  loss: 'loss (nats)',
  training: 'training',
  validation: 'held out',
  trainingMean: 'training, mean',
  validationMean: 'held out, mean',
  previous: 'previous run, held out',
  axes: { steps: 'steps', tokens: 'tokens', points: 'points', flops: 'FLOPs', seconds: 'seconds' },
  figure: 'Experiment',
  how: 'What the words mean',
  what: 'What to look for',
  tries: 'Try',
  soFar: 'So far',
  parameters: (count: number): string => `${whole(count)} parameters`,
  device: (name: string): string => `on ${name}`,
  slow: (name: string): string =>
    `No graphics processor was found: ${name} computes on the CPU, many times slower. Smaller sizes help.`,
  smaller: 'Use small sizes',
  noGPUTitle: 'Nothing can be trained in this browser yet',
  noGPU: [
    'This page computes with WebGPU, and the browser offers none.',
    'Chrome and Edge have it from version 113, Safari from 26, Firefox from 141 on Windows and 145 on Apple computers.',
    'On Linux, Chrome may need chrome://flags/#enable-unsafe-webgpu; elsewhere check that hardware acceleration is switched on.',
  ],
  failed: 'That did not work',
  diverged: 'The training fell apart',
  milestones: {
    ready: 'Ready at step 0.',
    running: 'Training.',
    paused: (step: number): string => `Paused at step ${whole(step)}.`,
    finished: (step: number, loss: string): string =>
      `Finished after ${whole(step)} steps. Held-out loss ${loss}.`,
    diverged: (step: number): string => `Diverged at step ${whole(step)}.`,
    failed: (message: string): string => `Failed. ${message}`,
    recovered: (step: number): string =>
      `The GPU was lost and found again: going on from step ${whole(step)}.`,
  },
  percent: (share: number): string => `${significant(100 * share, 3)}%`,
} as const;
