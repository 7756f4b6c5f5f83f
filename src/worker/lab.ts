/**
 * The lab behind the protocol: runs by number, one device, everything freed when asked. What only the sandbox asks for
 * is loaded when it does: lessons do without.
 */
import type { CrewSource } from '../crew/source.ts';
import type { Device } from '../gpu/device.ts';
import { loadPart } from '../loading.ts';
import type { BrowserDatabase } from '../state/database.ts';
import { describeForm } from '../training/spec/form.ts';
import { RunData } from '../training/spec/run-data.ts';
import { ExperimentService } from './experiment-lab.ts';
import { KeptResults } from './kept.ts';
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

/** Of the form: runs of a page's own begin at random, and have nothing to label examples with. */
const FOR_CONTINUED = 'labels';

export class LabService extends ExperimentService implements Lab {
  /** examples by the settings of the task: a changed model trains on the same ones */
  private readonly data = new RunData();

  /**
   * @param acquire gives a new device: from `navigator.gpu` in a worker, from Dawn in tests
   * @param crew trains experiments where the device is the processor
   * @param database where experiments are kept between visits; without one they last as long as the lab
   */
  constructor(acquire: () => Promise<Device>, database?: BrowserDatabase, crew?: CrewSource) {
    super(acquire, new KeptResults(database), crew);
  }

  async open(spec: SpecInput, listener: (event: RunEvent) => void, kept?: Uint8Array): Promise<number> {
    const { RunSession } = await loadPart(import('./session.ts'));
    const session = await RunSession.open(() => this.connect(), spec, this.data, listener, kept);
    return this.add(session);
  }

  async view(id: number, request: ViewRequest): Promise<View> {
    const session = this.session(id);
    if (!session.view) throw new Error(`${id} is an experiment, which has no pictures.`);
    return await session.view(request);
  }

  points(id: number): Promise<Points> {
    const points = this.session(id).points?.();
    if (!points) throw new Error(`${id} is an experiment, which has no points.`);
    return Promise.resolve(points);
  }

  describe(): Promise<FormDescription> {
    const { run, ...form } = describeForm();
    return Promise.resolve({ ...form, run: run.filter(({ key }) => key !== FOR_CONTINUED) });
  }

  async table(sweep: Record<string, unknown>, results: Record<string, RunResult>): Promise<string> {
    const { tableOfSweep } = await loadPart(import('./tabling.ts'));
    return tableOfSweep(sweep, results);
  }

  async fit(request: FitRequest): Promise<FittedLaw> {
    const { fitLaw } = await loadPart(import('./fitting.ts'));
    return fitLaw(request);
  }
}
