/** The part of the lab that experiments need: one device, experiments by number, everything freed when asked. */
import type { CrewSource } from '../crew/source.ts';
import { detailsOf } from '../devices/details.ts';
import type { Device } from '../gpu/device.ts';
import { noOtherDevice } from '../training/plan/recovery.ts';
import type { ResultStore } from '../training/plan/store.ts';
import { show } from '../show.ts';
import { ExperimentSession } from './experiment.ts';
import type { KeptResults } from './kept.ts';
import { checkSpec, checkSpecs, planSweep } from './planning.ts';
import type {
  Checked,
  DeviceReport,
  ExperimentEvent,
  ExperimentItem,
  ExperimentLab,
  PlannedSweep,
  Points,
  SpecInput,
  View,
  ViewRequest,
} from './protocol.ts';

/** Something that is open. */
export interface Session {
  run(steps?: number, before?: string): Promise<void>;
  pause(): Promise<void>;
  /** single runs have nothing to skip */
  skip?(): Promise<void>;
  reset(): Promise<void>;
  close(): Promise<void>;
  /** pictures of the model, and the points that it learns from: of single runs */
  view?(request: ViewRequest): Promise<View>;
  points?(): Points;
}

export class ExperimentService implements ExperimentLab {
  private acquired: Promise<Device> | undefined;
  private hadDevice = false;
  private readonly sessions = new Map<number, { session: Session; ended: (() => void) | undefined }>();
  /** No worker gives numbers that one before it gave: what a page asks of something that is gone meets nothing else. */
  private nextId = Math.round(performance.timeOrigin);

  /**
   * @param acquire gives a new device: from `navigator.gpu` in a worker, from Dawn in tests
   * @param kept where experiments are kept
   * @param crew trains them where the device is the processor
   */
  constructor(
    private readonly acquire: () => Promise<Device>,
    private readonly kept: ResultStore & Partial<Pick<KeptResults, 'watch'>>,
    private readonly crew?: CrewSource,
  ) {}

  async device(): Promise<DeviceReport> {
    const device = await this.connect();
    const details = detailsOf(device);
    const gflops = details.tried.find(({ outcome }) => outcome === 'chosen')?.gflops;
    return {
      name: device.name,
      software: device.isSoftware,
      gpuBytes: device.counters.bytesAlive,
      cores: this.crew?.sizeOn(device) ?? 1,
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
      const session = await ExperimentSession.open(
        () => this.connect(),
        items,
        this.kept,
        listener,
        this.crew,
      );
      return this.add(session, ignore);
    } catch (error) {
      ignore?.();
      throw error;
    }
  }

  async run(id: number, steps?: number, before?: string): Promise<void> {
    await this.session(id).run(steps, before);
  }

  async pause(id: number): Promise<void> {
    await this.session(id).pause();
  }

  async skip(id: number): Promise<void> {
    await this.session(id).skip?.();
  }

  async reset(id: number): Promise<void> {
    await this.session(id).reset();
  }

  async close(id: number): Promise<void> {
    const open = this.sessions.get(id);
    this.sessions.delete(id);
    await open?.session.close();
    open?.ended?.();
    if (this.sessions.size === 0) await this.crew?.end();
  }

  check(spec: SpecInput): Promise<Checked> {
    return Promise.resolve(checkSpec(spec));
  }

  checkAll(specs: readonly SpecInput[]): Promise<Checked[]> {
    return Promise.resolve(checkSpecs(specs));
  }

  plan(sweep: Record<string, unknown>): Promise<PlannedSweep> {
    return Promise.resolve(planSweep(sweep));
  }

  /** @param ended is called when it has been closed. @returns its number */
  protected add(session: Session, ended?: () => void): number {
    const id = this.nextId++;
    this.sessions.set(id, { session, ended });
    return id;
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

  protected session(id: number): Session {
    const open = this.sessions.get(id);
    if (!open) throw new Error(`There is no run ${show(id)}; it may have been closed.`);
    return open.session;
  }
}
