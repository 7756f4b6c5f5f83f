/** What a run leaves behind, as JSON: its spec, its curves, how it ended and on what. */
import type { Divergence } from '../../replicas.ts';
import { LossList } from './loss-list.ts';
import type { Snapshot } from './snapshot.ts';
import type { RunSpec } from '../spec/spec.ts';
import type { Metrics } from '../trainer/evaluation.ts';
import type { Outcome, TrainerEvent } from '../trainer/events.ts';
import type { TrainingLoop } from '../trainer/loop.ts';

export interface RunResult {
  spec: RunSpec;
  device: string;
  /** ISO date of the end */
  date: string;
  outcome: Outcome;
  /** updates done */
  step: number;
  /** step at which a loss was first not finite, of any replica */
  divergedAt?: number;
  /** each replica whose loss was once not finite, and the first step at which; older results lack it */
  divergences?: Divergence[];
  parameters: number;
  flopsPerStep: number;
  tokensPerStep: number;
  /** irreducible loss, where it is known */
  floor?: number;
  /** the run whose weights this one began with */
  from?: { spec: RunSpec; step: number };
  /** wall-clock seconds of training and evaluation, without compilation */
  seconds: number;
  compileSeconds: number;
  /** training loss before each update: one list per replica, from step `first` on */
  losses: { first: number; values: LossCurve[] };
  evaluations: { step: number; sets: Record<string, Metrics[]> }[];
  /** the inside at some of these steps, where it was to be looked at */
  snapshots?: Snapshot[];
}

/** What is known of a run when it begins: a result without what is still to come. */
export type RunHead = Omit<
  RunResult,
  | 'date'
  | 'outcome'
  | 'step'
  | 'divergedAt'
  | 'divergences'
  | 'seconds'
  | 'losses'
  | 'evaluations'
  | 'snapshots'
>;

/** What a trainer that is built says of the run that it is about to do. */
export function headOf({ spec, device, info }: TrainingLoop): RunHead {
  return {
    spec,
    device: device.name,
    parameters: info.parameters,
    flopsPerStep: info.flopsPerStep,
    tokensPerStep: info.tokensPerStep,
    compileSeconds: info.compileMs / 1000,
    ...(info.floor !== undefined && { floor: info.floor }),
    ...(info.from && { from: info.from }),
  };
}

/** One replica's losses: four bytes each while they are collected, numbers where other programs wrote them. */
export type LossCurve = number[] | Float32Array<ArrayBuffer>;

/** Collects a run's events; `result` closes the collection. */
export class ResultRecorder {
  private first: number | undefined;
  private readonly losses: LossList[];
  private readonly evaluations: RunResult['evaluations'];
  private readonly snapshots: Snapshot[];
  private readonly started = performance.now();

  /** @param earlier what the run had come to when it was interrupted, at the step where the trainer stands now */
  constructor(
    private readonly trainer: TrainingLoop,
    private readonly earlier?: RunResult,
  ) {
    this.first = earlier?.losses.first;
    this.evaluations = [...(earlier?.evaluations ?? [])];
    this.snapshots = [...(earlier?.snapshots ?? [])];
    const { replicas, steps } = trainer.spec;
    this.losses = Array.from({ length: replicas }, (_, r) => new LossList(steps, earlier?.losses.values[r]));
  }

  hear(event: TrainerEvent): void {
    if (event.kind === 'losses') {
      this.first ??= event.first;
      event.losses.forEach((loss, i) => this.losses[i % event.replicas]!.push(loss));
    } else if (event.kind === 'evaluation') {
      // Where a run goes on it is evaluated once more.
      if (this.evaluations.at(-1)?.step === event.step) this.evaluations.pop();
      this.evaluations.push({ step: event.step, sets: event.sets });
    }
  }

  /** Step of the last snapshot. */
  get lookedAt(): number | undefined {
    return this.snapshots.at(-1)?.step;
  }

  keep(snapshot: Snapshot): void {
    this.snapshots.push(snapshot);
  }

  result(outcome: Outcome): RunResult {
    const { spec, info, device, step, firstDivergence, divergences } = this.trainer;
    return {
      spec,
      device: device.name,
      date: new Date().toISOString(),
      outcome,
      step,
      ...(firstDivergence !== undefined && { divergedAt: firstDivergence }),
      divergences,
      parameters: info.parameters,
      flopsPerStep: info.flopsPerStep,
      tokensPerStep: info.tokensPerStep,
      ...(info.floor !== undefined && { floor: info.floor }),
      ...(info.from && { from: info.from }),
      seconds: (this.earlier?.seconds ?? 0) + (performance.now() - this.started) / 1000,
      compileSeconds: (this.earlier?.compileSeconds ?? 0) + info.compileMs / 1000,
      losses: { first: this.first ?? step, values: this.losses.map((list) => list.values()) },
      evaluations: [...this.evaluations],
      ...(this.snapshots.length > 0 && { snapshots: [...this.snapshots] }),
    };
  }
}
