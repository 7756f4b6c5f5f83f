/** One run in the worker: its trainer, its pictures, and its recovery when the device is lost. */
import type { Device } from '../gpu/device.ts';
import { encodeCheckpoint, type Checkpoint } from '../training/checkpoint.ts';
import type { TrainerEvent } from '../training/events.ts';
import type { RunData } from '../training/run-data.ts';
import { parseSpec, taskOf, type RunSpec } from '../training/spec.ts';
import { Trainer } from '../training/trainer.ts';
import { isLost } from './lost.ts';
import type { Points, RunEvent, RunInfo, RunStatus, SpecInput, View, ViewRequest } from './protocol.ts';
import { Views } from './views.ts';

/** Least time between two `speed` events. */
const SPEED_EVERY_MS = 200;
/** Least time between two copies of the weights on the CPU, from which a lost device is replaced. */
const SAVE_EVERY_MS = 5000;

export class RunSession {
  private views: Views;
  private controller: AbortController | undefined;
  private running: Promise<void> | undefined;
  private resetting: Promise<void> = Promise.resolve();
  private saved: Checkpoint | undefined;
  private savedAt = performance.now();
  private speedAt = 0;
  private closed = false;

  private constructor(
    private readonly connect: () => Promise<Device>,
    private readonly spec: RunSpec,
    private readonly listener: (event: RunEvent) => void,
    private trainer: Trainer,
  ) {
    this.views = new Views(trainer);
  }

  /** @throws SchemaError, NoGPUError, ShaderError: the message is for people */
  static async open(
    connect: () => Promise<Device>,
    input: SpecInput,
    data: RunData,
    listener: (event: RunEvent) => void,
  ): Promise<RunSession> {
    const spec = parseSpec(input);
    const device = await connect();
    const trainer = await Trainer.create(device, spec, {
      data: data.of(spec),
      onProgress: (done, total) => listener({ kind: 'building', done, total }),
    });
    const session = new RunSession(connect, spec, listener, trainer);
    listener({ kind: 'ready', info: infoOf(trainer, await trainer.estimate()) });
    session.say('ready');
    return session;
  }

  /** Trains; while it trains already, waits for that. */
  run(steps?: number): Promise<void> {
    if (this.running) return this.running;
    this.controller = new AbortController();
    const running = this.begin(this.controller.signal, steps).finally(() => {
      if (this.running === running) this.running = undefined;
    });
    this.running = running;
    return running;
  }

  async pause(): Promise<void> {
    this.controller?.abort();
    await this.running;
  }

  /** Back to step 0. A `run` that is asked for meanwhile begins there. */
  reset(): Promise<void> {
    const stopped = this.pause();
    this.running = undefined;
    this.resetting = stopped.then(() => {
      this.saved = undefined;
      this.trainer.reset();
      this.say('ready');
    });
    return this.resetting;
  }

  view(request: ViewRequest): Promise<View> {
    return this.views.read(request);
  }

  points(): Points {
    const { inputs, targets, inputWidth } = this.trainer.data.train;
    if (!(inputs instanceof Float32Array) || !(targets instanceof Int32Array) || inputWidth !== 2) {
      throw new Error(`The task ${this.spec.task.name} has no points in the plane.`);
    }
    return { positions: inputs.slice(), labels: targets.slice() };
  }

  async checkpoint(): Promise<Uint8Array<ArrayBuffer>> {
    return encodeCheckpoint(await this.trainer.checkpoint());
  }

  async close(): Promise<void> {
    this.closed = true;
    await this.resetting;
    await this.pause();
    await this.views.destroy();
    this.trainer.destroy();
  }

  private async begin(signal: AbortSignal, steps?: number): Promise<void> {
    await this.resetting;
    await this.train(signal, steps);
  }

  private async train(signal: AbortSignal, steps?: number): Promise<void> {
    const target = this.trainer.step + (steps ?? this.spec.steps);
    this.say('running');
    for (;;) {
      const { trainer } = this;
      try {
        const outcome = await trainer.run({
          steps: target - trainer.step,
          signal,
          onEvent: (event) => this.hear(event),
        });
        const message =
          outcome === 'diverged'
            ? `The loss was not finite at step ${trainer.firstDivergence}: training stopped. A smaller learning rate may help.`
            : undefined;
        this.say(outcome, message);
        return;
      } catch (error) {
        if (this.closed) return;
        if (!(await isLost(trainer.device))) {
          this.say('failed', (error as Error).message);
          throw error;
        }
        await this.recover();
      }
    }
  }

  private hear(event: TrainerEvent): void {
    if (event.kind === 'speed') {
      const now = performance.now();
      if (now - this.speedAt < SPEED_EVERY_MS && event.step < this.spec.steps) return;
      this.speedAt = now;
    }
    if (event.kind === 'evaluation' && performance.now() - this.savedAt > SAVE_EVERY_MS) {
      this.savedAt = performance.now();
      void this.trainer.checkpoint().then(
        (checkpoint) => (this.saved = checkpoint),
        () => undefined, // The device was lost meanwhile: the checkpoint before serves.
      );
    }
    this.listener(event);
  }

  /** A new device, and on from the last checkpoint, or from step 0, which gives the same curve. */
  private async recover(): Promise<void> {
    await this.views.destroy();
    this.trainer.destroy();
    const device = await this.connect();
    const { data } = this.trainer;
    this.trainer = await Trainer.create(device, this.spec, {
      data,
      ...(this.saved && { checkpoint: this.saved }),
    });
    this.views = new Views(this.trainer);
    this.listener({ kind: 'recovered', step: this.trainer.step });
  }

  private say(status: RunStatus, message?: string): void {
    this.listener({
      kind: 'status',
      status,
      step: this.trainer.step,
      ...(message !== undefined && { message }),
    });
  }
}

function infoOf({ spec, info }: Trainer, secondsEstimated: number): RunInfo {
  const { targets } = taskOf(spec).shape;
  return {
    spec,
    parameters: info.parameters,
    flopsPerStep: info.flopsPerStep,
    tokensPerStep: info.tokensPerStep,
    gpuBytes: info.gpuBytes,
    dispatchesPerStep: info.dispatchesPerStep,
    secondsEstimated,
    ...(targets.kind === 'classes' && { guessLoss: Math.log(targets.classes) }),
    ...(info.floor !== undefined && { floor: info.floor }),
  };
}
