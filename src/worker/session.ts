/** One run in the worker: its trainer, its pictures, and its recovery when the device is lost. */
import type { Device } from '../gpu/device.ts';
import { type Checkpoint, decodeCheckpoint, encodeCheckpoint } from '../training/results/checkpoint.ts';
import { tellDivergences } from '../replicas.ts';
import type { Outcome, TrainerEvent } from '../training/trainer/events.ts';
import type { RunData } from '../training/spec/run-data.ts';
import { GPULostError, Recovery } from '../training/plan/recovery.ts';
import { parseSpec, taskOf, type RunSpec } from '../training/spec/spec.ts';
import { Trainer } from '../training/trainer/trainer.ts';
import type { Points, RunEvent, RunInfo, RunStatus, SpecInput, View, ViewRequest } from './protocol.ts';
import { Views } from './views.ts';

/** Least time between two `speed` events. */
const SPEED_EVERY_MS = 200;
/** Least time between two copies of the run's state on the CPU, from which it goes on when the device or the worker is lost. */
const SAVE_EVERY_MS = 5000;
/** Larger states are not sent to the page: it would hold them twice. */
const MOST_SENT_BYTES = 64 * 2 ** 20;

export class RunSession {
  private views: Views;
  private controller: AbortController | undefined;
  private running: Promise<void> | undefined;
  private resetting: Promise<void> = Promise.resolve();
  private saved: Checkpoint | undefined;
  private savedAt = performance.now();
  private speedAt = 0;
  private closed = false;
  /** the trainer's device is gone: it must be built anew before anything is asked of it */
  private isLost = false;

  private constructor(
    private readonly recovery: Recovery,
    private readonly spec: RunSpec,
    private readonly listener: (event: RunEvent) => void,
    private trainer: Trainer,
  ) {
    this.views = new Views(trainer);
  }

  /**
   * @param kept the state in which it begins, as a `kept` event gave it
   * @throws SchemaError, NoGPUError, GPULostError, ShaderError: the message is for people
   */
  static async open(
    connect: () => Promise<Device>,
    input: SpecInput,
    data: RunData,
    listener: (event: RunEvent) => void,
    kept?: Uint8Array,
  ): Promise<RunSession> {
    const spec = parseSpec(input);
    const recovery = new Recovery(connect);
    const checkpoint = kept && decodeCheckpoint(kept);
    for (;;) {
      try {
        const trainer = await Trainer.create(await recovery.connect(), spec, {
          data: data.of(spec),
          onProgress: (done, total) => listener({ kind: 'building', done, total }),
        });
        const seconds = await trainer.estimate();
        const session = new RunSession(recovery, spec, listener, trainer);
        listener({ kind: 'ready', info: infoOf(trainer, seconds) });
        if (checkpoint) {
          session.saved = checkpoint;
          trainer.restore(checkpoint);
        }
        session.say(checkpoint ? 'paused' : 'ready');
        return session;
      } catch (error) {
        await recovery.from(error);
      }
    }
  }

  /** Trains; while it trains already, waits for that. */
  run(steps?: number): Promise<void> {
    if (this.running) return this.running;
    this.controller = new AbortController();
    this.recovery.again();
    const running = this.begin(this.controller.signal, steps).finally(() => {
      if (this.running === running) this.running = undefined;
    });
    this.running = running;
    return running;
  }

  async pause(): Promise<void> {
    this.controller?.abort();
    await this.running?.catch(() => undefined); // Its status says what is wrong.
  }

  /** Back to step 0. A `run` that is called meanwhile begins there. */
  reset(): Promise<void> {
    const stopped = this.pause();
    this.running = undefined;
    this.resetting = stopped.then(() => {
      this.saved = undefined;
      if (!this.isLost) this.trainer.reset();
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
    const target = this.step + (steps ?? this.spec.steps);
    this.say('running');
    for (;;) {
      try {
        if (this.isLost) await this.rebuild(signal);
        const { trainer } = this;
        const outcome = await trainer.run({
          steps: target - trainer.step,
          signal,
          onEvent: (event) => this.hear(event),
        });
        this.say(outcome, this.remark(outcome));
        return;
      } catch (error) {
        if (this.closed) return;
        try {
          await this.recovery.from(error, signal);
          this.isLost = true;
        } catch (final) {
          const { name, message } = final as Error;
          this.isLost ||= final instanceof GPULostError;
          this.say('failed', message, name);
          throw final;
        }
      }
    }
  }

  /** How many replicas diverged and where, in words. */
  private remark(outcome: Outcome): string | undefined {
    if (outcome === 'diverged') {
      return `The loss was not finite at step ${this.trainer.firstDivergence}: training stopped. A smaller learning rate may help.`;
    }
    const { divergences } = this.trainer;
    return divergences.length ? tellDivergences(divergences, this.spec.replicas).en : undefined;
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
        (checkpoint) => this.keep(checkpoint),
        () => undefined, // The device was lost meanwhile: the checkpoint before serves.
      );
    }
    this.listener(event);
  }

  private keep(checkpoint: Checkpoint): void {
    // The run may have been reset since the checkpoint was taken.
    if (checkpoint.step > this.trainer.step) return;
    this.saved = checkpoint;
    this.recovery.reached('', checkpoint.step);
    const state = encodeCheckpoint(checkpoint);
    if (state.byteLength <= MOST_SENT_BYTES) this.listener({ kind: 'kept', step: checkpoint.step, state });
  }

  /** A new device, and on from the last checkpoint, or from step 0, which gives the same curve. */
  private async rebuild(signal: AbortSignal): Promise<void> {
    await this.views.destroy();
    this.trainer.destroy();
    const device = await this.recovery.connect(signal);
    const { data } = this.trainer;
    this.trainer = await Trainer.create(device, this.spec, {
      data,
      ...(this.saved && { checkpoint: this.saved }),
    });
    this.views = new Views(this.trainer);
    this.isLost = false;
    this.listener({ kind: 'recovered', step: this.trainer.step });
  }

  /** Where it stands, or will go on. */
  private get step(): number {
    return this.isLost ? (this.saved?.step ?? 0) : this.trainer.step;
  }

  private say(status: RunStatus, message?: string, name?: string): void {
    this.listener({
      kind: 'status',
      status,
      step: this.step,
      ...(name !== undefined && { name }),
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
    secondsEstimated,
    ...(targets.kind === 'classes' &&
      spec.loss !== 'squared-error' && { guessLoss: Math.log(targets.classes) }),
    ...(info.floor !== undefined && { floor: info.floor }),
  };
}
