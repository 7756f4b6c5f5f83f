/** The lab behind the protocol: runs by number, one device, everything freed when asked. */
import type { Device } from '../gpu/device.ts';
import type { LabDatabase } from '../state/database.ts';
import { describeForm } from '../training/form.ts';
import { ExperimentSession } from './experiment.ts';
import { fitLaw } from './fitting.ts';
import { KeptResults } from './kept.ts';
import { checkSpec, planSweep, tableOfSweep } from './planning.ts';
import { RunSession } from './session.ts';
import type {
  Checked,
  DeviceReport,
  ExperimentEvent,
  ExperimentItem,
  FitRequest,
  FittedLaw,
  FormDescription,
  Lab,
  PlannedSweep,
  Points,
  RunEvent,
  RunResult,
  SpecInput,
  View,
  ViewRequest,
} from './protocol.ts';

export class LabService implements Lab {
  private acquired: Promise<Device> | undefined;
  private readonly sessions = new Map<number, RunSession>();
  private readonly experiments = new Map<number, ExperimentSession>();
  private readonly kept: KeptResults;
  private nextId = 1;

  /**
   * @param acquire gives a new device: from `navigator.gpu` in a worker, from Dawn in tests
   * @param database where experiments are kept between visits; without one they last as long as the lab
   */
  constructor(
    private readonly acquire: () => Promise<Device>,
    database?: Promise<LabDatabase | undefined>,
  ) {
    this.kept = new KeptResults(database);
  }

  async device(): Promise<DeviceReport> {
    const device = await this.connect();
    return {
      name: device.name,
      software: device.isSoftware,
      timestamps: device.has('timestamp-query'),
      subgroups: device.has('subgroups'),
      gpuBytes: device.counters.bytesAlive,
    };
  }

  async open(spec: SpecInput, listener: (event: RunEvent) => void): Promise<number> {
    const session = await RunSession.open(() => this.connect(), spec, listener);
    const id = this.nextId++;
    this.sessions.set(id, session);
    return id;
  }

  async run(id: number, steps?: number): Promise<void> {
    await this.session(id).run(steps);
  }

  async pause(id: number): Promise<void> {
    await this.session(id).pause();
  }

  async reset(id: number): Promise<void> {
    await this.session(id).reset();
  }

  async view(id: number, request: ViewRequest): Promise<View> {
    return await this.session(id).view(request);
  }

  points(id: number): Promise<Points> {
    return Promise.resolve(this.session(id).points());
  }

  async checkpoint(id: number): Promise<Uint8Array<ArrayBuffer>> {
    return await this.session(id).checkpoint();
  }

  async close(id: number): Promise<void> {
    const session = this.sessions.get(id);
    this.sessions.delete(id);
    await session?.close();
  }

  async openExperiment(
    items: readonly ExperimentItem[],
    listener: (event: ExperimentEvent) => void,
  ): Promise<number> {
    const session = await ExperimentSession.open(() => this.connect(), items, this.kept, listener);
    const id = this.nextId++;
    this.experiments.set(id, session);
    return id;
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
    const session = this.experiments.get(id);
    this.experiments.delete(id);
    await session?.close();
  }

  describe(): Promise<FormDescription> {
    return Promise.resolve(describeForm());
  }

  check(spec: SpecInput): Promise<Checked> {
    return Promise.resolve(checkSpec(spec));
  }

  plan(sweep: Record<string, unknown>): Promise<PlannedSweep> {
    return Promise.resolve(planSweep(sweep));
  }

  table(sweep: Record<string, unknown>, results: Record<string, RunResult>): Promise<string> {
    return Promise.resolve(tableOfSweep(sweep, results));
  }

  fit(request: FitRequest): Promise<FittedLaw> {
    return Promise.resolve(fitLaw(request));
  }

  /** The device in use, or a new one when there is none or it was lost. */
  private connect(): Promise<Device> {
    this.acquired ??= this.acquire().then(
      (device) => {
        void device.lost.then(() => (this.acquired = undefined));
        return device;
      },
      (error: unknown) => {
        this.acquired = undefined;
        throw error;
      },
    );
    return this.acquired;
  }

  private experiment(id: number): ExperimentSession {
    const session = this.experiments.get(id);
    if (!session) throw new Error(`There is no experiment ${id}; it may have been closed.`);
    return session;
  }

  private session(id: number): RunSession {
    const session = this.sessions.get(id);
    if (!session) throw new Error(`There is no run ${id}; it may have been closed.`);
    return session;
  }
}
