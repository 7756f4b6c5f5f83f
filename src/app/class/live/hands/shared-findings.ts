/** What the results of many hands amount to so far: the lesson judges them as it judges a run of its own; of a sweep, its figure. */
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { LiveClient } from '../../../../class/live-client.ts';
import { judge } from '../../../../lessons/judge.ts';
import type { Findings, Lesson } from '../../../../lessons/lesson.ts';
import type { Lab, SweepRun } from '../../../../worker/protocol.ts';
import type { Curriculum } from '../../../curriculum.ts';
import { doneOf, scalingFigure } from '../../../sandbox/sweep-results.ts';
import { LiveController } from '../live-controller.ts';
import { counter } from './counter.ts';
import { SharedResults } from './shared-results.ts';

/** How often it asks how far cells are, while they are trained, ms. */
const LOOK_EVERY_MS = 2_000;

interface Host extends ReactiveControllerHost {
  readonly client: LiveClient;
  readonly curriculum: Curriculum;
  readonly lab: Lab;
}

export class SharedFindings implements ReactiveController {
  /** of a lesson; what it last said stays where new results cannot be judged */
  findings: Findings | undefined;
  private lesson: Lesson | undefined;
  private sweep: readonly SweepRun[] = [];
  private readonly live: LiveController;
  private readonly shared = new SharedResults(counter(), () => this.onResult());
  private timer: ReturnType<typeof setInterval> | undefined;
  private loaded = '';
  private seen = '';

  constructor(private readonly host: Host) {
    this.live = new LiveController(host, () => this.onChange());
    host.addController(this);
  }

  hostConnected(): void {
    this.timer = setInterval(() => {
      if (this.host.client.plan.phase === 'run') this.shared.look();
    }, LOOK_EVERY_MS);
  }

  hostDisconnected(): void {
    clearInterval(this.timer);
  }

  hostUpdate(): void {
    const { client } = this.host;
    if (this.live.client === client) return;
    this.live.follow(client);
    this.onChange();
  }

  get runs(): SharedResults['runs'] {
    return this.shared.runs;
  }

  get figures(): Findings['figures'] {
    if (this.host.client.plan.sweep === undefined) return this.findings?.figures ?? [];
    const done = doneOf(this.sweep, this.shared.results);
    return done.length ? [scalingFigure(done, 'C', undefined)] : [];
  }

  /** All results, for a file. */
  toJSON(): string {
    const { experiment, results } = this.shared;
    return `${JSON.stringify({ format: 'scaling-lab runs 1', experiment, runs: Object.fromEntries(results) }, undefined, 1)}\n`;
  }

  private onChange(): void {
    const { plan, board } = this.host.client;
    const what = plan.sweep ?? plan.lesson;
    if (this.loaded !== what) void this.load(what);
    const seen = JSON.stringify(board.hands);
    if (this.seen !== seen) this.shared.look();
    this.seen = seen;
  }

  private async load(what: string): Promise<void> {
    this.loaded = what;
    const { client, curriculum, lab } = this.host;
    const { sweep, lesson } = client.plan;
    if (sweep === undefined) {
      const found = await curriculum.lesson(lesson);
      if (this.loaded === what) this.lesson = found;
    } else {
      const planned = await lab.plan(JSON.parse(sweep) as Record<string, unknown>);
      if (this.loaded === what) this.sweep = 'runs' in planned ? planned.runs : [];
    }
    this.onResult();
  }

  private onResult(): void {
    const { lesson, shared } = this;
    const { plan } = this.host.client;
    if (lesson?.name === plan.lesson && shared.results.size > 0) {
      try {
        this.findings = judge(lesson, { runs: shared.results, benchmarks: new Map() }, plan.size);
      } catch (error) {
        console.warn(error);
      }
    } else this.findings = undefined;
    this.host.requestUpdate();
  }
}
