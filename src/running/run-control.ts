/** What the bar of a run or an experiment commands, on every page, and when settings that were changed take effect. */
import type { Command, RunPhase } from '../components/index.ts';

export interface RunOptions {
  /** so many, in place of all that are left */
  steps?: number | undefined;
  /** the run of an experiment before which it pauses */
  before?: string | undefined;
}

/** A run or an experiment, open or not. */
export interface Controlled {
  readonly phase: RunPhase;
  run(options?: RunOptions): void;
  pause(): void;
  reset(): void;
  skip(): void;
}

export interface ControlledPage<Draft> {
  target: Controlled;
  /** the settings as they stand; nothing as long as nothing can be opened with them */
  draft: () => Draft | undefined;
  /**
   * Opens the target with these settings, and puts them into `applied` as it does. False when it was refused, failed, or
   * was overtaken by a later opening.
   */
  open: (draft: Draft) => Promise<boolean>;
  options?: () => RunOptions;
  /** does the opening, where it asks for something that may get no answer */
  ask?: (opening: () => Promise<void>) => Promise<void>;
}

export class RunControl<Draft> {
  /** the settings of what is open or being opened */
  applied: Draft | undefined;
  /** Run was pressed too early: what is opened next runs at once */
  private runWhenReady = false;
  private settling: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly page: ControlledPage<Draft>) {}

  /** The settings differ from those of the open run, or no run is open yet. */
  get changed(): boolean {
    const draft = this.page.draft();
    return draft !== undefined && JSON.stringify(draft) !== JSON.stringify(this.applied);
  }

  /** A run is open, and the settings have been changed since. */
  get pending(): boolean {
    return this.applied !== undefined && this.changed;
  }

  /** Run was pressed, and what is to run is not open yet. */
  get wanted(): boolean {
    return this.runWhenReady;
  }

  /** Opens what the settings ask for once they have been still for so long. */
  settle(ms: number): void {
    this.unsettle();
    this.settling = setTimeout(() => void this.open(), ms);
  }

  unsettle(): void {
    clearTimeout(this.settling);
  }

  /** Forgets that Run was pressed, for instance because the settings turn out to be wrong. */
  unwant(): void {
    this.runWhenReady = false;
  }

  /** Opens a run with the settings. @param run whether it starts at once; by default, whether Run was pressed before */
  open(run = this.runWhenReady): Promise<void> {
    this.unsettle();
    const opening = (): Promise<void> => this.openNow(run);
    return this.page.ask ? this.page.ask(opening) : opening();
  }

  command(command: Command): void {
    const { target } = this.page;
    const { phase } = target;
    switch (command) {
      case 'run':
        if (this.changed || phase === 'opening' || phase === 'closed') void this.open(true);
        else this.start();
        break;
      case 'restart':
        if (this.changed || phase === 'failed') void this.open(true);
        else {
          target.reset();
          this.start();
        }
        break;
      case 'step':
        target.run({ ...this.page.options?.(), steps: 1 });
        break;
      case 'pause':
      case 'reset':
      case 'skip':
        target[command]();
    }
  }

  private async openNow(run: boolean): Promise<void> {
    const { target } = this.page;
    this.runWhenReady = run;
    const draft = this.page.draft();
    if (draft === undefined || (!this.changed && target.phase === 'opening')) return;
    const isOpen = await this.page.open(draft);
    if (isOpen && this.runWhenReady) this.start();
    else if (target.phase === 'failed') this.unwant();
  }

  private start(): void {
    this.unwant();
    this.page.target.run(this.page.options?.());
  }
}
