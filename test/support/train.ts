/** Whole runs in tests. */
import type { Device } from '../../src/gpu/device.ts';
import type { Outcome, TrainerEvent } from '../../src/training/trainer/events.ts';
import type { TrainingLoop } from '../../src/training/trainer/loop.ts';
import type { RunSpec } from '../../src/training/spec/spec.ts';
import { Trainer } from '../../src/training/trainer/trainer.ts';

export interface Curve {
  outcome: Outcome;
  losses: number[];
  evaluations: (TrainerEvent & { kind: 'evaluation' })[];
}

/** Trains, `steps` steps or to the end. */
export async function train(trainer: TrainingLoop, steps?: number): Promise<Curve> {
  const losses: number[] = [];
  const evaluations: Curve['evaluations'] = [];
  const outcome = await trainer.run({
    ...(steps !== undefined && { steps }),
    onEvent: (event) => {
      if (event.kind === 'losses') losses.push(...event.losses);
      if (event.kind === 'evaluation') evaluations.push(event);
    },
  });
  return { outcome, losses, evaluations };
}

export async function withTrainer<T>(
  device: Device,
  spec: RunSpec,
  use: (trainer: Trainer) => Promise<T>,
): Promise<T> {
  const trainer = await Trainer.create(device, spec);
  try {
    return await use(trainer);
  } finally {
    trainer.destroy();
  }
}
