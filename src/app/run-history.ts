/** All that a run has said of its losses, as growing columns, ready to be drawn. */
import type { RunEvent } from '../worker/protocol.ts';

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

  /** A view of the values so far; a later push does not change its length. */
  get values(): Float64Array {
    return this.buffer.subarray(0, this.length);
  }
}

/** One curve with all its replicas. */
export class Curve {
  readonly steps = new Column();
  readonly mean = new Column();
  readonly low = new Column();
  readonly high = new Column();
  readonly replicas: readonly Column[];

  constructor(replicas: number) {
    this.replicas = Array.from({ length: replicas }, () => new Column());
  }

  push(step: number, values: ArrayLike<number>): void {
    let [sum, low, high] = [0, Infinity, -Infinity];
    for (let r = 0; r < this.replicas.length; r++) {
      const value = values[r]!;
      this.replicas[r]!.push(value);
      sum += value;
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
    this.steps.push(step);
    this.mean.push(sum / this.replicas.length);
    this.low.push(low);
    this.high.push(high);
  }

  get length(): number {
    return this.steps.length;
  }

  /** The latest mean, or undefined before the first. */
  get latest(): number | undefined {
    return this.mean.values.at(-1);
  }
}

type Losses = Extract<RunEvent, { kind: 'losses' }>;
type Evaluation = Extract<RunEvent, { kind: 'evaluation' }>;

export class RunHistory {
  readonly training: Curve;
  readonly validation: Curve;
  /** further held-out metrics by name, mean over replicas, at the steps of `validation` */
  readonly metrics = new Map<string, number[]>();
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
      this.training.push(first + i, losses.subarray(i * replicas, (i + 1) * replicas));
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
    for (const name of Object.keys(records[0]!)) {
      const mean = records.reduce((sum, record) => sum + (record[name] ?? NaN), 0) / records.length;
      const column = this.metrics.get(name) ?? [];
      column.push(mean);
      this.metrics.set(name, column);
    }
  }

  /** Training time of a step, s. */
  secondsAt(step: number): number {
    const { values } = this.clock;
    return values[Math.min(Math.ceil(step), values.length - 1)] ?? 0;
  }
}
