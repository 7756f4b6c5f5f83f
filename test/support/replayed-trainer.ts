/**
 * A trainer that trains each spec once, truly, and afterwards tells the same again: for tests that run a command some
 * hundred times to see what becomes of its files. For `vi.mock` of src/training/trainer/trainer.ts.
 */
import type { Device } from '../../src/gpu/device.ts';
import type { Checkpoint, Weights } from '../../src/training/results/checkpoint.ts';
import type {
  Outcome,
  RunOptions,
  TrainerEvent,
  TrainerInfo,
  TrainerOptions,
} from '../../src/training/trainer/events.ts';
import type { RunSpec } from '../../src/training/spec/spec.ts';
import type { Trainer } from '../../src/training/trainer/trainer.ts';

interface Tape {
  info: TrainerInfo;
  /** [steps, R] */
  losses: Float32Array<ArrayBuffer>;
  evaluations: (TrainerEvent & { kind: 'evaluation' })[];
  /** by step, at every evaluation */
  checkpoints: Map<number, Checkpoint>;
}

type RealTrainer = typeof Trainer;

const tapes = new Map<string, Promise<Tape>>();

/** Called before each stretch from one evaluation to the next, with its first step: may abort the command's signal. */
export const replay: { onStretch: (spec: RunSpec, step: number) => void } = { onStretch: () => undefined };

export function replayed(Real: RealTrainer): RealTrainer {
  class ReplayedTrainer {
    readonly firstDivergence = undefined;
    readonly divergences = [];
    private at: number;

    private constructor(
      readonly device: Device,
      readonly spec: RunSpec,
      readonly info: TrainerInfo,
      private readonly tape: Tape,
      at: number,
    ) {
      this.at = at;
    }

    static async create(device: Device, spec: RunSpec, options: TrainerOptions = {}) {
      const { from, checkpoint } = options;
      const key = JSON.stringify([spec, from && Array.from(from.parameters)]);
      const tape = tapes.get(key) ?? record(Real, device, spec, from);
      tapes.set(key, tape);
      const { info, checkpoints } = await tape;
      // What goes on from a state must have that state.
      const same = checkpoint && checkpoints.get(checkpoint.step);
      if (checkpoint && !(same && equal(same, checkpoint))) throw new Error('This is no state of the run.');
      return new ReplayedTrainer(device, spec, info, await tape, checkpoint?.step ?? 0);
    }

    get step(): number {
      return this.at;
    }

    async run({ signal, onEvent, onCheckpoint }: RunOptions = {}): Promise<Outcome> {
      const { evaluations, losses, checkpoints } = this.tape;
      const { replicas } = this.spec;
      for (const [i, evaluation] of evaluations.entries()) {
        if (evaluation.step < this.at) continue;
        onEvent?.(evaluation);
        await onCheckpoint?.(() => Promise.resolve(checkpoints.get(evaluation.step)!));
        replay.onStretch(this.spec, this.at);
        const next = evaluations[i + 1]?.step;
        if (next === undefined) return 'finished';
        if (signal?.aborted) return 'paused';
        const part = losses.slice(this.at * replicas, next * replicas);
        onEvent?.({ kind: 'losses', first: this.at, replicas, losses: part });
        this.at = next;
      }
      return 'finished';
    }

    checkpoint(): Promise<Checkpoint> {
      return Promise.resolve(this.tape.checkpoints.get(this.at)!);
    }
    lastGood(): Promise<Checkpoint> {
      return this.checkpoint();
    }
    destroy(): void {
      // Nothing is held.
    }
  }
  return ReplayedTrainer as unknown as RealTrainer;
}

async function record(Real: RealTrainer, device: Device, spec: RunSpec, from?: Weights): Promise<Tape> {
  const trainer = await Real.create(device, spec, { ...(from && { from }) });
  const losses = new Float32Array(spec.steps * spec.replicas);
  const evaluations: Tape['evaluations'] = [];
  const checkpoints: Tape['checkpoints'] = new Map();
  await trainer.run({
    onEvent: (event) => {
      if (event.kind === 'losses') losses.set(event.losses, event.first * event.replicas);
      if (event.kind === 'evaluation') evaluations.push(event);
    },
    onCheckpoint: async (checkpoint) => void checkpoints.set(evaluations.at(-1)!.step, await checkpoint()),
  });
  const { info } = trainer;
  trainer.destroy();
  return { info, losses, evaluations, checkpoints };
}

function equal(a: Checkpoint, b: Checkpoint): boolean {
  const words = ({ parameters, moments, state }: Checkpoint): number[] =>
    [parameters, ...moments, state].flatMap((array) => [...new Uint32Array(array.buffer)]);
  return JSON.stringify(words(a)) === JSON.stringify(words(b));
}
