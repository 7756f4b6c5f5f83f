/** The crew of a lab or a command: gathered when the processor first trains, and sent home when nothing is left to train. */
import type { Device } from '../gpu/device.ts';
import type { WorkerCrew } from './crew.ts';

export class CrewSource {
  private crew: Promise<WorkerCrew | undefined> | undefined;

  /** @param size workers; with one alone the device trains itself */
  constructor(
    private readonly size: number,
    private readonly start: (size: number) => Promise<WorkerCrew | undefined>,
  ) {}

  /** How many workers train in the place of a device; 1 where it trains itself. */
  sizeOn({ cpu }: Device): number {
    return cpu ? this.size : 1;
  }

  /** The workers that train in the place of a device, if any do. */
  async on(device: Device): Promise<WorkerCrew | undefined> {
    return this.sizeOn(device) > 1 ? (this.crew ??= this.start(this.size)) : undefined;
  }

  async end(): Promise<void> {
    const crew = this.crew;
    this.crew = undefined;
    (await crew)?.end();
  }
}
