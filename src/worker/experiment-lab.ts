/** The part of the lab that experiments need: one device, experiments by number, everything freed when asked. */
import { detailsOf } from '../devices/details.ts';
import type { Device } from '../gpu/device.ts';
import { noOtherDevice } from '../training/recovery.ts';
import type { ResultStore } from '../training/store.ts';
import { show } from '../show.ts';
import { ExperimentSession } from './experiment.ts';
import type { KeptResults } from './kept.ts';
import { checkSpec, planSweep } from './planning.ts';
import type {
  Checked,
  DeviceReport,
  ExperimentEvent,
  ExperimentItem,
  ExperimentLab,
  PlannedSweep,
  SpecInput,
} from './protocol.ts';

export class ExperimentService implements ExperimentLab {
  private acquired: Promise<Device> | undefined;
  private hadDevice = false;
  private readonly experiments = new Map<
    number,
    { session: ExperimentSession; ignore: (() => void) | undefined }
  >();
  /** No worker gives numbers that one before it gave: what a page asks of something that is gone meets nothing else. */
  private nextId = Math.round(performance.timeOrigin);

  /**
   * @param acquire gives a new device: from `navigator.gpu` in a worker, from Dawn in tests
   * @param kept where experiments are kept
   */
  constructor(
    private readonly acquire: () => Promise<Device>,
    private readonly kept: ResultStore & Partial<Pick<KeptResults, 'watch'>>,
  ) {}

  async device(): Promise<DeviceReport> {
    const device = await this.connect();
    const details = detailsOf(device);
    const gflops = details.tried.find(({ outcome }) => outcome === 'chosen')?.gflops;
    return {
      name: device.name,
      software: device.isSoftware,
      gpuBytes: device.counters.bytesAlive,
      ...(gflops !== undefined && { gflops }),
      details,
    };
  }

  async openExperiment(
    items: readonly ExperimentItem[],
    listener: (event: ExperimentEvent) => void,
  ): Promise<number> {
    const ignore = this.kept.watch?.((notice) => listener({ kind: 'notice', notice }));
    try {
      const session = await ExperimentSession.open(() => this.connect(), items, this.kept, listener);
      const id = this.takeId();
      this.experiments.set(id, { session, ignore });
      return id;
    } catch (error) {
      ignore?.();
      throw error;
    }
  }

  async runExperiment(id: number, steps?: number, before?: string): Promise<void> {
    await this.experiment(id).run(steps, before);
  }

  async pauseExperiment(id: number): Promise<void> {
    await this.experiment(id).pause();
  }

  async skipExperiment(id: number): Promise<void> {
    await this.experiment(id).skip();
  }

  async resetExperiment(id: number): Promise<void> {
    await this.experiment(id).reset();
  }

  async closeExperiment(id: number): Promise<void> {
    const experiment = this.experiments.get(id);
    this.experiments.delete(id);
    await experiment?.session.close();
    experiment?.ignore?.();
  }

  check(spec: SpecInput): Promise<Checked> {
    return Promise.resolve(checkSpec(spec));
  }

  plan(sweep: Record<string, unknown>): Promise<PlannedSweep> {
    return Promise.resolve(planSweep(sweep));
  }

  /** Runs and experiments are counted together. */
  protected takeId(): number {
    return this.nextId++;
  }

  /** The device in use, or a new one when there is none or it was lost. */
  protected connect(): Promise<Device> {
    this.acquired ??= this.acquire().then(
      (device) => {
        this.hadDevice = true;
        void device.lost.then(() => (this.acquired = undefined));
        return device;
      },
      (error: unknown) => {
        this.acquired = undefined;
        throw this.hadDevice ? noOtherDevice() : error;
      },
    );
    return this.acquired;
  }

  private experiment(id: number): ExperimentSession {
    const session = this.experiments.get(id)?.session;
    if (!session) throw new Error(`There is no experiment ${show(id)}; it may have been closed.`);
    return session;
  }
}
