/** Builds the trainers of a plan: on one device, or over the workers of a crew. */
import type { Device } from '../../gpu/device.ts';
import type { TrainerEvent } from '../trainer/events.ts';
import type { TrainingLoop } from '../trainer/loop.ts';
import type { Recovery } from './recovery.ts';
import { RunData } from '../spec/run-data.ts';
import type { RunSpec } from '../spec/spec.ts';
import { type Beginning, type Crew, TeamTrainer } from '../trainer/team-trainer.ts';
import { Trainer } from '../trainer/trainer.ts';

export interface TrainersOptions {
  /** gives a device, and another one when it was lost */
  connect: () => Promise<Device>;
  /** workers that train in the place of the device: where the processor trains, and has cores to spare */
  crew?: ((device: Device) => Promise<Crew | undefined>) | undefined;
  data?: RunData;
  /** runs every kernel once before a run, so that its time is that of training alone */
  warmUp?: boolean;
}

export class Trainers {
  private readonly data: RunData;

  constructor(
    private readonly options: TrainersOptions,
    private readonly recovery: Recovery,
  ) {
    this.data = options.data ?? new RunData();
  }

  /** How many runs may be under way at once, as far as is known. */
  async width(): Promise<number> {
    return this.options.crew ? ((await this.gather(await this.recovery.connect()))?.size ?? 1) : 1;
  }

  /** @throws SchemaError when there is no room, or the weights to begin with are of another model */
  async build(
    spec: RunSpec,
    { from, checkpoint }: Beginning,
    { signal, onProgress }: { signal: AbortSignal; onProgress: (done: number, total: number) => void },
  ): Promise<TrainingLoop> {
    const device = await this.recovery.connect(signal);
    const crew = await this.gather(device);
    if (crew) return TeamTrainer.create(crew, device, spec, { from, checkpoint });
    return Trainer.create(device, spec, {
      data: this.data.of(spec),
      warmUp: this.options.warmUp ?? false,
      ...(from && { from }),
      ...(checkpoint && { checkpoint }),
      onProgress,
    });
  }

  /** What hears the events of a run and makes the examples of the next meanwhile; the workers of a crew make their own. */
  ahead({ trainer }: { trainer: TrainingLoop }, next: RunSpec | undefined): (event: TrainerEvent) => void {
    return this.data.ahead(trainer.spec, trainer instanceof Trainer ? next : undefined);
  }

  private gather(device: Device): Promise<Crew | undefined> {
    return this.options.crew?.(device) ?? Promise.resolve(undefined);
  }
}
