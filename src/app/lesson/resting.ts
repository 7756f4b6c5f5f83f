/** An experiment that is trained on the processor pauses while its tab is hidden and the device runs on its battery. */
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { ExperimentLab } from '../../worker/protocol.ts';
import { watchRest } from './battery.ts';
import type { ExperimentRun } from '../../running/experiment-run.ts';

export class Resting implements ReactiveController {
  /** it had paused by itself, and has gone on */
  rested = false;
  private isResting = false;
  private end: (() => void) | undefined;

  constructor(
    host: ReactiveControllerHost,
    private readonly run: ExperimentRun,
    private readonly lab: () => ExperimentLab,
  ) {
    host.addController(this);
  }

  hostConnected(): void {
    this.end ??= watchRest((isTime) => void this.change(isTime));
  }

  hostDisconnected(): void {
    this.end?.();
    this.end = undefined;
    this.rested = this.isResting = false;
  }

  private async change(isTime: boolean): Promise<void> {
    const { run } = this;
    if (isTime && run.phase === 'running') {
      this.isResting = true;
      const { software } = await this.lab().device();
      // The reader may have come back while the device was asked.
      this.isResting &&= software;
      if (this.isResting) run.pause();
    } else if (!isTime && this.isResting) {
      this.isResting = false;
      this.rested = true;
      run.run({ before: run.before });
    }
  }
}
