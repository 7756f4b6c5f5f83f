/** The runs of specialists: generalists, and models that learn one domain further. */
import type { RunSpec } from '../../worker/protocol.ts';
import type { Size, Text } from '../lesson.ts';
import { text } from '../shared/text.ts';

export interface Model {
  width: number;
  learningRate: number;
}

interface Design {
  big: Model;
  small: Model;
  /** of general training */
  steps: number;
  fineTuningSteps: number;
  replaySteps: number;
  seeds: number;
}

const STANDARD: Design = {
  big: { width: 128, learningRate: 7e-3 },
  small: { width: 32, learningRate: 2e-2 },
  steps: 2000,
  fineTuningSteps: 200,
  replaySteps: 400,
  seeds: 3,
};

export const DESIGNS: Record<Size, Design> = {
  small: {
    big: { width: 64, learningRate: 1e-2 },
    small: { width: 16, learningRate: 2e-2 },
    steps: 800,
    fineTuningSteps: 200,
    replaySteps: 200,
    seeds: 3,
  },
  standard: STANDARD,
  large: { ...STANDARD, seeds: 8 },
};

const BATCH = 512;
/** The learning rate of fine-tuning as a share of that of general training. */
export const GENTLER = 0.7;
/** Share of the domain in the examples of a run with replay. */
export const WITH_REPLAY = 0.7;

/** Between the seeds of a run's questions and of those that come after it; no multiple of what lies between experiments. */
export const NEW_QUESTIONS = 50;

export const NAMES = {
  generalist: text('big, general', '大模型，通用'),
  small: text('small, general', '小模型，通用'),
  'fine-tuned': text('small, fine-tuned', '小模型，微调'),
  replay: text('small, fine-tuned with replay', '小模型，带回放的微调'),
  longer: text('small, fine-tuned twice as long', '小模型，微调两倍的时间'),
  scratch: text('small, domain only', '小模型，只学领域'),
  'big-fine-tuned': text('big, fine-tuned', '大模型，微调'),
  'loop-own': text('on its own answers', '用自己的答案'),
  'loop-right': text('on its own right answers', '用自己答对的答案'),
  'loop-new': text('on new examples', '用新样本'),
} as const satisfies Record<string, Text>;

/** What the fine-tuned model goes on with, on new questions of the domain, and whose answers these have. */
export const LOOP = {
  'loop-own': 'own',
  'loop-right': 'own-right',
  'loop-new': 'given',
} as const satisfies Partial<Record<keyof typeof NAMES, RunSpec['labels']>>;

export type Key = keyof typeof NAMES;
export const KEYS = Object.keys(NAMES) as Key[];

/** w: two embeddings of w/2 side by side with the domain's added, one hidden layer of 2w. */
export function domainSpec(width: number, steps: number, share: number): Record<string, unknown> {
  return {
    task: { name: 'domains', share, pool: BATCH * steps, validation: 256 },
    model: { kind: 'mlp', embedding: width / 2, hidden: [2 * width], activation: 'gelu', outputScale: 0.1 },
    optimizer: { name: 'adamw', beta2: 0.99 },
    batch: BATCH,
    steps,
    evaluate: { every: steps / 4 },
  };
}
