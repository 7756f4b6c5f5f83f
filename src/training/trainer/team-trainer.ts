/** A run whose replicas are trained in several workers, in step: bit for bit what one worker would do. */
import { SchemaError } from '../../schema.ts';
import type { TrainerInfo } from './events.ts';
import { type Measured, TrainingLoop } from './loop.ts';
import type { RunSpec } from '../spec/spec.ts';
import { refuseForeign } from '../results/refuse-weights.ts';
import { transferred } from '../results/transfer.ts';
import type { Checkpoint, Weights } from '../results/weights.ts';
import type { Snapshot, Watch } from '../results/snapshot.ts';

/** What a run begins with, other than nothing. */
export interface Beginning {
  /** where it goes on */
  checkpoint?: Checkpoint | undefined;
  /** weights of as many replicas, in place of random ones */
  from?: Weights | undefined;
}

/** Workers that train (src/crew/crew.ts). */
export interface Crew {
  /** how many there are, and so how many runs may be under way at once */
  readonly size: number;
  /**
   * Builds a run, its replicas shared out among the workers.
   * @throws SchemaError where there is no room for it; WorkerLostError
   */
  gather(spec: RunSpec, beginning: Beginning): Promise<Team>;
}

/** The replicas of one run, wherever they are. */
export interface Team {
  /** of all replicas together */
  readonly info: TrainerInfo;
  trainSteps(first: number, count: number): Promise<Float32Array<ArrayBuffer>>;
  measure(signal?: AbortSignal): Promise<Measured | undefined>;
  keepGood(): void;
  /** weights of its first replica, or answers of all */
  snapshot(watch: Watch): Promise<Snapshot>;
  checkpoint(): Promise<Checkpoint>;
  lastGood(): Promise<Checkpoint>;
  destroy(): void;
}

export class TeamTrainer extends TrainingLoop {
  private constructor(
    readonly device: { readonly name: string },
    spec: RunSpec,
    info: TrainerInfo,
    private readonly team: Team,
  ) {
    super(spec, info);
  }

  /** @throws SchemaError, WorkerLostError */
  static async create(
    crew: Crew,
    device: { readonly name: string },
    spec: RunSpec,
    { checkpoint, from }: Beginning,
  ): Promise<TeamTrainer> {
    if (checkpoint) refuseForeign(checkpoint, spec);
    const initial = from && { spec, step: from.step, parameters: transferred(from, spec) };
    const team = await crew.gather(spec, { checkpoint, from: initial }).catch((error: unknown) => {
      // An error from a worker has lost its class; its name is left.
      const { name, message } = error as Error;
      throw name === SchemaError.name ? new SchemaError(message) : error;
    });
    const info = { ...team.info, ...(from && { from: { spec: from.spec, step: from.step } }) };
    const trainer = new TeamTrainer(device, spec, info, team);
    trainer.rewind(checkpoint?.step ?? 0, checkpoint?.state);
    return trainer;
  }

  trainSteps(first: number, count: number): Promise<Float32Array<ArrayBuffer>> {
    return this.team.trainSteps(first, count);
  }

  measure(signal?: AbortSignal): Promise<Measured | undefined> {
    return this.team.measure(signal);
  }

  keepGood(): void {
    this.team.keepGood();
  }

  async snapshot(watch: Watch): Promise<Snapshot> {
    return { ...(await this.team.snapshot(watch)), step: this.step };
  }

  checkpoint(): Promise<Checkpoint> {
    return this.team.checkpoint();
  }

  lastGood(): Promise<Checkpoint> {
    return this.team.lastGood();
  }

  destroy(): void {
    this.team.destroy();
  }
}
