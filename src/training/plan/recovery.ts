/** What happens when a run's device is lost: another one is asked for, with growing pauses, and not without end. */
import type { Device } from '../../gpu/device.ts';

/** A run that loses its device so many times without getting further is stopped: it may be what the driver gives up on. */
const MOST_LOSSES = 3;
/** Pauses before a lost run is tried again, and between requests for a device that does not come, ms. */
const PAUSES_MS = [250, 1000, 2000, 4000];

/** The device was lost, and trying again has not helped. What was kept of the run is still there. */
export class GPULostError extends Error {
  override name = 'GPULostError';
}

/** There was a device, and there is none now: other words than where there never was one. */
export function noOtherDevice(): GPULostError {
  return new GPULostError(
    'The GPU was lost, and the browser gives no other one. What was trained is kept. Try again in a moment; if that does not help, reload the page or restart the browser.',
  );
}

/** Whether the device is gone; a loss may be reported a moment after the work that it broke. */
function isLost(device: Device): Promise<boolean> {
  return Promise.race([
    device.lost.then(() => true),
    new Promise<boolean>((resolve) => setTimeout(() => resolve(false), 100)),
  ]);
}

/** The devices of runs, one after the other, and what was lost in vain of each run. */
export class Recovery {
  private device: Device | undefined;
  /** of each thing that trains: losses without getting further, and how far it got */
  private readonly lost = new Map<string, { inVain: number; step: number }>();

  constructor(
    private readonly acquire: () => Promise<Device>,
    private readonly pausesMs: readonly number[] = PAUSES_MS,
  ) {}

  /** Somebody asks for training again, or one thing is done: losses count from here. */
  again(key?: string): void {
    if (key === undefined) this.lost.clear();
    else this.lost.delete(key);
  }

  /** A run was kept at this step; when that is later than before, losses count from here. */
  reached(key: string, step: number): void {
    if (step > (this.lost.get(key)?.step ?? 0)) this.lost.set(key, { inVain: 0, step });
  }

  /**
   * A device to train on.
   * @throws NoGPUError where there never was one; GPULostError where none comes in the place of the one that was lost
   */
  async connect(signal?: AbortSignal): Promise<Device> {
    for (let attempt = 0; ; attempt++) {
      try {
        return (this.device = await this.acquire());
      } catch (error) {
        // A browser whose GPU process has just ended offers none for a while.
        if (!this.device && !(error instanceof GPULostError)) throw error;
        const pause = this.pausesMs[attempt];
        if (pause === undefined || signal?.aborted) throw noOtherDevice();
        await sleep(pause, signal);
      }
    }
  }

  /**
   * Takes note of an error of the run that was under way on the device, or in a worker.
   * @returns what was lost, after a pause, when the run is worth another try
   * @throws the error itself when nothing was lost, or workers died too often; GPULostError when the device was lost too often
   */
  async from(error: unknown, signal?: AbortSignal, key = ''): Promise<'device' | 'worker'> {
    // By its name: in figures its class comes from another script.
    const isWorker = (error as Error).name === 'WorkerLostError';
    if (!isWorker) {
      const { device } = this;
      if (!device || error instanceof GPULostError || !(await isLost(device))) throw error;
    }
    const { inVain, step } = this.lost.get(key) ?? { inVain: 0, step: 0 };
    this.lost.set(key, { inVain: inVain + 1, step });
    if (inVain + 1 >= MOST_LOSSES) throw isWorker ? error : lostTooOften();
    await sleep(this.pausesMs[inVain] ?? 0, signal);
    return isWorker ? 'worker' : 'device';
  }
}

function lostTooOften(): GPULostError {
  return new GPULostError(
    `The GPU was lost ${MOST_LOSSES} times and the run got no further. What was trained until then is kept. This run may be too much for the GPU: try again, or make the model or the batch smaller.`,
  );
}

/** Resolves after so many milliseconds, or at once when the signal is given. */
export function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    signal?.addEventListener('abort', end);
    if (signal?.aborted) end();
  });
}
