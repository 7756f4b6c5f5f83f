/**
 * A run under way as if it had ended here: lessons draw ended runs only. For figures alone; a verdict waits for the end.
 */
import type { Divergence } from '../replicas.ts';
import type { ExperimentEvent, RunHead, RunResult, Snapshot } from '../worker/protocol.ts';

export class PartialRun {
  private first = 0;
  private step = 0;
  private readonly values: number[][];
  private readonly divergences: Divergence[] = [];
  private readonly evaluations: RunResult['evaluations'] = [];
  private readonly snapshots: Snapshot[] = [];

  constructor(private readonly head: RunHead) {
    this.values = Array.from({ length: head.spec.replicas }, () => []);
  }

  get steps(): number {
    return this.head.spec.steps;
  }

  get hasDivergences(): boolean {
    return this.divergences.length > 0;
  }

  hear(event: ExperimentEvent & { kind: 'losses' | 'evaluation' | 'snapshot' }): void {
    if (event.kind === 'snapshot') {
      this.snapshots.push(event.snapshot);
      return;
    }
    if (event.kind === 'evaluation') {
      this.evaluations.push({
        step: event.step,
        sets: event.sets,
      });
      return;
    }
    if (this.step === 0) this.first = event.first;
    event.losses.forEach((loss, i) => {
      const replica = i % event.replicas;
      this.values[replica]!.push(loss);
      if (Number.isFinite(loss) || this.divergences.some((each) => each.replica === replica)) return;
      this.divergences.push({ replica, step: event.first + Math.floor(i / event.replicas) });
    });
    this.step = event.first + event.losses.length / event.replicas;
  }

  /** The lists grow on: whoever keeps them sees later values. */
  get result(): RunResult {
    return {
      ...this.head,
      date: '',
      outcome: 'finished',
      step: this.step,
      divergences: this.divergences,
      seconds: 0,
      losses: { first: this.first, values: this.values },
      evaluations: this.evaluations,
      snapshots: this.snapshots,
    };
  }
}
