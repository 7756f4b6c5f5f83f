/** One run of a plan under way: its trainer, its curve so far, and what is kept of both. */
import type { Checkpoint } from '../results/checkpoint.ts';
import type { Outcome, TrainerEvent } from '../trainer/events.ts';
import type { TrainingLoop } from '../trainer/loop.ts';
import { ResultRecorder, type RunResult } from '../results/result.ts';
import { isWatched, type Snapshot } from '../results/snapshot.ts';
import type { ResultStore } from './store.ts';
import type { PlannedRun } from '../spec/sweep.ts';

/** Keeping a run may take this share of the time at most. */
const SAVING_SHARE = 0.05;
/** How often it looks whether a run whose evaluations are far apart is to be kept between two of them. */
const LOOK_EVERY_MS = 1000;

export interface RunStretch {
  steps?: number | undefined;
  /** stops it; what was trained is kept */
  signal: AbortSignal;
  /** stops it, and nothing of it is written any more: another worker has taken it over */
  lost: AbortSignal;
  onEvent: (event: TrainerEvent) => void;
  onKept: (step: number) => void;
  onSnapshot: (snapshot: Snapshot) => void;
  /** behind an evaluation: goes on when this resolves */
  onReached?: (step: number) => Promise<void>;
}

export class PlanRun {
  /** training and evaluation, without pauses, s */
  seconds: number;
  private readonly recorder: ResultRecorder;
  private savedAt = performance.now();
  private saveTook = 0;

  /** @param part what it had come to when it was interrupted */
  constructor(
    readonly run: PlannedRun,
    readonly trainer: TrainingLoop,
    private readonly store: ResultStore,
    private readonly saveEveryMs: number,
    part: RunResult | undefined,
  ) {
    this.recorder = new ResultRecorder(trainer, part);
    this.seconds = part?.seconds ?? 0;
  }

  /**
   * Trains on. A run that is stopped is kept where it stands, unless it was lost to another worker.
   * @returns `lost` when it was
   */
  async train({
    steps,
    signal,
    lost,
    onEvent,
    onKept,
    onSnapshot,
    onReached,
  }: RunStretch): Promise<Outcome | 'lost'> {
    const target = Math.min(this.run.spec.steps, this.trainer.step + (steps ?? Infinity));
    const isStopped = (): boolean => signal.aborted || lost.aborted;
    const [before, started] = [this.seconds, performance.now()];
    const clock = (): void => {
      this.seconds = before + (performance.now() - started) / 1000;
    };
    const keep = async (checkpoint: Checkpoint): Promise<void> => {
      clock();
      await this.keep(checkpoint);
      onKept(checkpoint.step);
    };
    for (;;) {
      const outcome = await this.stretch(target, [signal, lost], onEvent, async (checkpoint) => {
        await this.look(onSnapshot);
        if (this.isDue && !lost.aborted) await keep(await checkpoint());
        await onReached?.(this.trainer.step);
      });
      clock();
      if (lost.aborted) return 'lost';
      if (outcome !== 'paused') return outcome;
      await keep(await this.trainer.checkpoint());
      if (isStopped() || this.trainer.step >= target) return outcome;
    }
  }

  /** Looks inside, where that is wanted and due. */
  private async look(onSnapshot: RunStretch['onSnapshot']): Promise<void> {
    const { watch, spec } = this.run;
    if (!watch || !isWatched(this.trainer.step, this.recorder.lookedAt, spec.steps)) return;
    const snapshot = await this.trainer.snapshot(watch);
    this.recorder.keep(snapshot);
    onSnapshot(snapshot);
  }

  /** Trains until it is stopped, or is to be kept though no evaluation comes. */
  private async stretch(
    target: number,
    reasons: readonly AbortSignal[],
    onEvent: RunStretch['onEvent'],
    onCheckpoint: (checkpoint: () => Promise<Checkpoint>) => Promise<void>,
  ): Promise<Outcome> {
    const stop = new AbortController();
    const abort = (): void => stop.abort();
    for (const reason of reasons) {
      reason.addEventListener('abort', abort);
      if (reason.aborted) abort();
    }
    const look = setInterval(() => {
      if (this.isDue) abort();
    }, LOOK_EVERY_MS);
    try {
      return await this.trainer.run({
        steps: target - this.trainer.step,
        signal: stop.signal,
        onEvent: (event) => {
          this.recorder.hear(event);
          onEvent(event);
        },
        onCheckpoint,
      });
    } finally {
      clearInterval(look);
      for (const reason of reasons) reason.removeEventListener('abort', abort);
    }
  }

  /** @param isParent whether others begin with its weights: a run with a result must have all that others need of it */
  async finish(outcome: Outcome, isParent: boolean): Promise<RunResult> {
    if (isParent) await this.store.saveCheckpoint(this.run, await this.trainer.checkpoint());
    const result = this.result(outcome);
    await this.store.save(this.run, result);
    return result;
  }

  destroy(): void {
    this.trainer.destroy();
  }

  /** How often it is kept: the longer that takes, the less often. */
  private get isDue(): boolean {
    return performance.now() - this.savedAt > Math.max(this.saveEveryMs, this.saveTook / SAVING_SHARE);
  }

  private async keep(checkpoint: Checkpoint): Promise<void> {
    const started = performance.now();
    await this.store.savePart(this.run, { result: this.result('paused'), checkpoint });
    this.savedAt = performance.now();
    this.saveTook = this.savedAt - started;
  }

  private result(outcome: Outcome): RunResult {
    return { ...this.recorder.result(outcome), seconds: this.seconds };
  }
}
