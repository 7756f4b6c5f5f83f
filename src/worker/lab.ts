/**
 * The lab behind the protocol: runs by number, one device, everything freed when asked. What only the sandbox asks for
 * is loaded when it does: lessons do without.
 */
import type { Device } from '../gpu/device.ts';
import type { BrowserDatabase } from '../state/database.ts';
import { describeForm } from '../training/form.ts';
import { RunData } from '../training/run-data.ts';
import { show } from '../show.ts';
import { ExperimentService } from './experiment-lab.ts';
import { KeptResults } from './kept.ts';
import type { RunSession } from './session.ts';
import type {
  FitRequest,
  FittedLaw,
  FormDescription,
  Lab,
  Points,
  RunEvent,
  RunResult,
  SpecInput,
  View,
  ViewRequest,
} from './protocol.ts';

export class LabService extends ExperimentService implements Lab {
  private readonly sessions = new Map<number, RunSession>();
  /** a knob of the model leaves the examples as they are */
  private readonly data = new RunData();

  /**
   * @param acquire gives a new device: from `navigator.gpu` in a worker, from Dawn in tests
   * @param database where experiments are kept between visits; without one they last as long as the lab
   */
  constructor(acquire: () => Promise<Device>, database?: BrowserDatabase) {
    super(acquire, new KeptResults(database));
  }

  async open(spec: SpecInput, listener: (event: RunEvent) => void, kept?: Uint8Array): Promise<number> {
    const { RunSession } = await import('./session.ts');
    const session = await RunSession.open(() => this.connect(), spec, this.data, listener, kept);
    const id = this.takeId();
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

  async close(id: number): Promise<void> {
    const session = this.sessions.get(id);
    this.sessions.delete(id);
    await session?.close();
  }

  describe(): Promise<FormDescription> {
    return Promise.resolve(describeForm());
  }

  async table(sweep: Record<string, unknown>, results: Record<string, RunResult>): Promise<string> {
    const { tableOfSweep } = await import('./tabling.ts');
    return tableOfSweep(sweep, results);
  }

  async fit(request: FitRequest): Promise<FittedLaw> {
    const { fitLaw } = await import('./fitting.ts');
    return fitLaw(request);
  }

  private session(id: number): RunSession {
    const session = this.sessions.get(id);
    if (!session) throw new Error(`There is no run ${show(id)}; it may have been closed.`);
    return session;
  }
}
