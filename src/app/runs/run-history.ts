/** Losses and metrics of a run so far, as growing columns that a chart can draw. */
import { meanOfOthers, type Divergence } from '../../replicas.ts';
import type { RunEvent } from '../../worker/protocol.ts';

/** A column of numbers that grows. */
export class Column {
  private buffer = new Float64Array(1024);
  length = 0;

  push(value: number): void {
    if (this.length === this.buffer.length) {
      const larger = new Float64Array(2 * this.length);
      larger.set(this.buffer);
      this.buffer = larger;
    }
    this.buffer[this.length++] = value;
  }

  at(i: number): number {
    return this.buffer[i]!;
  }

  /** A view of the values so far; a later push does not change its length. */
  get values(): Float64Array {
    return this.buffer.subarray(0, this.length);
  }
}

/** One curve with all its replicas; mean and band leave out the replicas that have diverged. */
export class Curve {
  readonly steps = new Column();
  readonly mean = new Column();
  readonly low = new Column();
  readonly high = new Column();
  readonly replicas: readonly Column[];
  private counted: readonly Column[];

  constructor(replicas: number) {
    this.replicas = Array.from({ length: replicas }, () => new Column());
    this.counted = this.replicas;
  }

  push(step: number, values: ArrayLike<number>): void {
    this.replicas.forEach((column, r) => column.push(values[r]!));
    this.steps.push(step);
    this.summarise(this.length - 1);
  }

  /** Leaves replicas out of mean and band, also at earlier steps. */
  leaveOut(diverged: readonly Divergence[]): void {
    const others = this.replicas.filter((_, r) => !diverged.some(({ replica }) => replica === r));
    if (others.length === 0) return;
    this.counted = others;
    for (const column of [this.mean, this.low, this.high]) column.length = 0;
    for (let i = 0; i < this.length; i++) this.summarise(i);
  }

  isCounted(replica: Column): boolean {
    return this.counted.includes(replica);
  }

  get length(): number {
    return this.steps.length;
  }

  /** The latest mean, or undefined before the first. */
  get latest(): number | undefined {
    return this.mean.values.at(-1);
  }

  private summarise(i: number): void {
    let [sum, low, high] = [0, Infinity, -Infinity];
    for (const column of this.counted) {
      const value = column.at(i);
      sum += value;
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
    this.mean.push(sum / this.counted.length);
    this.low.push(low);
    this.high.push(high);
  }
}

type Losses = Extract<RunEvent, { kind: 'losses' }>;
type Evaluation = Extract<RunEvent, { kind: 'evaluation' }>;

export class RunHistory {
  readonly training: Curve;
  readonly validation: Curve;
  /** replicas that have diverged, in that order */
  readonly diverged: Divergence[] = [];
  /** held-out metrics of each replica at the steps of `validation` */
  private readonly records: Record<string, number>[][] = [];
  /** training time at which each step's loss was known, s */
  private readonly clock = new Column();

  constructor(readonly replicaCount: number) {
    this.training = new Curve(replicaCount);
    this.validation = new Curve(replicaCount);
  }

  /** @param seconds training time so far, without pauses */
  addLosses({ first, replicas, losses }: Losses, seconds: number): void {
    const count = losses.length / replicas;
    const before = this.clock.values.at(-1) ?? 0;
    for (let i = 0; i < count; i++) {
      // After a lost device some steps come again; they are the same.
      if (first + i < this.training.length) continue;
      const own = losses.subarray(i * replicas, (i + 1) * replicas);
      this.training.push(first + i, own);
      this.noteDivergences(first + i, own);
      this.clock.push(before + ((seconds - before) * (i + 1)) / count);
    }
  }

  addEvaluation({ step, sets }: Evaluation): void {
    const records = sets.validation ?? [];
    const last = this.validation.steps.values.at(-1) ?? -1;
    if (step <= last || !records.length) return;
    this.validation.push(
      step,
      records.map((record) => record.loss ?? NaN),
    );
    this.records.push(records);
  }

  /** Further held-out metrics by name, means over the replicas that have not diverged, at the steps of `validation`. */
  get metrics(): Map<string, number[]> {
    const names = Object.keys(this.records[0]?.[0] ?? {});
    const mean = (records: Record<string, number>[], name: string): number =>
      meanOfOthers(
        records.map((record) => record[name] ?? NaN),
        this.diverged,
      );
    return new Map(names.map((name) => [name, this.records.map((records) => mean(records, name))]));
  }

  /** Of the held-out examples, as a run's result has them. */
  get evaluations(): { step: number; sets: Record<string, Record<string, number>[]> }[] {
    return this.records.map((records, i) => ({
      step: this.validation.steps.at(i),
      sets: { validation: records },
    }));
  }

  private noteDivergences(step: number, losses: Float32Array): void {
    const before = this.diverged.length;
    losses.forEach((loss, replica) => {
      if (Number.isFinite(loss) || this.diverged.some((each) => each.replica === replica)) return;
      this.diverged.push({ replica, step });
    });
    if (this.diverged.length === before) return;
    this.training.leaveOut(this.diverged);
    this.validation.leaveOut(this.diverged);
  }

  /** Training time of a step, s. */
  secondsAt(step: number): number {
    const { values } = this.clock;
    return values[Math.min(Math.ceil(step), values.length - 1)] ?? 0;
  }
}
