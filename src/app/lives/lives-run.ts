/** The runs of the wall: as many seeds as end in time on this device, which is measured first. */
import type { ReactiveControllerHost } from 'lit';
import { NO_FINDINGS } from '../../findings/findings.ts';
import { livesPlan } from '../../lessons/emergence-by-size/lives.ts';
import { SEEDS, WIDTHS } from '../../lessons/emergence-by-size/wall.ts';
import { ExperimentRun } from '../../running/experiment-run.ts';
import type { Lab, RunResult } from '../../worker/protocol.ts';

/** The longest wall, by the estimate before the start, s; evaluations come on top. */
const MOST_SECONDS = 45;

/** How many seeds can be trained in that time, where all of them take so many seconds; at least one. */
export function seedsWithin(seconds: number): number {
  return Math.max(1, Math.min(SEEDS, Math.floor((SEEDS * MOST_SECONDS) / seconds)));
}

export class LivesRun {
  readonly run: ExperimentRun;
  seeds = SEEDS;
  /** what all seeds would take here, where that is too long, s */
  secondsOfAll: number | undefined;
  private seed = 1;
  /** number of the last opening, which starts once its time is known */
  private opening = 0;

  constructor(host: ReactiveControllerHost, lab: () => Lab) {
    this.run = new ExperimentRun(host, lab, () => undefined);
    // Before each drawing it looks whether the time is known.
    host.addController({ hostUpdate: () => this.look() });
  }

  /** Trains a wall of these seeds and those after it. */
  async start(seed: number): Promise<void> {
    this.seed = seed;
    this.seeds = SEEDS;
    this.secondsOfAll = undefined;
    await this.open(SEEDS);
  }

  /** Those that are there, from the smallest size to the largest. */
  get results(): RunResult[] {
    const { runs } = this.run.resultsSoFar;
    return [...runs.values()].sort((a, b) => a.parameters - b.parameters);
  }

  get models(): number {
    return WIDTHS.length * this.seeds;
  }

  private async open(seeds: number): Promise<void> {
    const opening = ++this.opening;
    const isOpen = await this.run.open(livesPlan(seeds, this.seed), () => NO_FINDINGS);
    if (!isOpen || opening !== this.opening) return;
    if (this.run.phase === 'paused') this.begin();
    else this.look();
  }

  private look(): void {
    const { run } = this;
    if (run.phase !== 'ready' || run.estimate === undefined || !this.opening) return;
    const seeds = seedsWithin(run.estimate);
    if (this.seeds === SEEDS && seeds < SEEDS) {
      this.seeds = seeds;
      this.secondsOfAll = run.estimate;
      void this.open(seeds);
    } else this.begin();
  }

  private begin(): void {
    this.opening = 0;
    this.run.run();
  }
}
