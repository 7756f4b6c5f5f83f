/** Whole runs: what every run must do, whatever it learns. */
import { describe, expect, it, vi } from 'vitest';
import {
  decodeCheckpoint,
  encodeCheckpoint,
  type Checkpoint,
} from '../../src/training/results/checkpoint.ts';
import { parseSpec, taskOf } from '../../src/training/spec/spec.ts';
import { ResultRecorder } from '../../src/training/results/result.ts';
import type { Examples, TaskData } from '../../src/tasks/index.ts';
import { Trainer } from '../../src/training/trainer/trainer.ts';
import { DEVICES, useDevice } from '../support/device.ts';
import { type Curve, train, withTrainer } from '../support/train.ts';

describe.each(DEVICES)('on the %s', (kind) => {
  const device = useDevice({ kind });

  const mlp = {
    task: { name: 'shapes', points: 60, validation: 32 },
    model: { kind: 'mlp', hidden: [12, 10], activation: 'gelu' },
    batch: 16,
    steps: 24,
    evaluate: { every: 10 },
    schedule: { warmup: 4 },
  };

  const transformer = {
    task: { name: 'backoff-language', vocabulary: 12, length: 6, pool: 40, validation: 8 },
    model: { kind: 'transformer', layers: 1, width: 8, heads: 2 },
    batch: 5,
    steps: 24,
    evaluate: { every: 10 },
    clip: 1,
    schedule: { warmup: 4 },
  };

  const cases = [
    { name: 'an MLP', input: mlp },
    { name: 'a transformer', input: transformer },
  ];

  describe.each(cases)('$name', ({ input }) => {
    it('starts at ln V, and its loss falls', async () => {
      const spec = parseSpec({ ...input, steps: 60, learningRate: 1e-2 });
      const classes = spec.task.name === 'shapes' ? 2 : 12;
      const { losses } = await withTrainer(device(), spec, (trainer) => train(trainer));
      expect(Math.abs(losses[0]! - Math.log(classes))).toBeLessThan(0.1);
      expect(losses).toHaveLength(60);
      const late = losses.slice(-10).reduce((sum, loss) => sum + loss, 0) / 10;
      expect(late).toBeLessThan(losses[0]! - 0.02);
    });

    it('gives the same bits for replicas as for runs of their own', async () => {
      const together = await withTrainer(
        device(),
        parseSpec({ ...input, replicas: 3, seed: 5 }),
        async (trainer) => ({
          ...(await train(trainer)),
          parameters: (await trainer.checkpoint()).parameters,
        }),
      );
      for (const r of [0, 2]) {
        const alone = await withTrainer(device(), parseSpec({ ...input, seed: 5 + r }), async (trainer) => ({
          ...(await train(trainer)),
          parameters: (await trainer.checkpoint()).parameters,
        }));
        expect(alone.losses).toEqual(together.losses.filter((_, i) => i % 3 === r));
        const slice = alone.parameters.length;
        expect(alone.parameters).toEqual(together.parameters.slice(r * slice, (r + 1) * slice));
        expect(alone.evaluations.at(-1)!.sets.validation).toEqual([
          together.evaluations.at(-1)!.sets.validation![r],
        ]);
      }
    });

    it.each([{ name: 'adamw' }, { name: 'muon' }, { name: 'sgd', momentum: 0.9 }])(
      'goes on from a checkpoint file with the same bits as without a stop ($name)',
      async (optimizer) => {
        const spec = parseSpec({ ...input, optimizer, learningRate: 1e-2, replicas: 2 });
        const whole = await withTrainer(device(), spec, async (trainer) => ({
          ...(await train(trainer)),
          end: await trainer.checkpoint(),
        }));
        const { file, before } = await withTrainer(device(), spec, async (trainer) => {
          const before = await train(trainer, 13);
          expect(before.outcome).toBe('paused');
          expect(trainer.step).toBe(13);
          return { before, file: encodeCheckpoint(await trainer.checkpoint()) };
        });
        const checkpoint = decodeCheckpoint(file);
        expect(checkpoint.spec).toEqual(spec);
        const resumed = await Trainer.create(device(), checkpoint.spec, { checkpoint });
        const after = await train(resumed);
        expect([...before.losses, ...after.losses]).toEqual(whole.losses);
        expect(await resumed.checkpoint()).toEqual(whole.end);
        resumed.destroy();
      },
    );

    it('pauses at an exact step, goes on, and starts over with the same curve', async () => {
      await withTrainer(device(), parseSpec(input), async (trainer) => {
        const whole = await train(trainer);
        expect(whole.outcome).toBe('finished');
        trainer.reset();
        const pieces = [await train(trainer, 1), await train(trainer, 4), await train(trainer)];
        expect(pieces.flatMap(({ losses }) => losses)).toEqual(whole.losses);
        expect(whole.evaluations.map(({ step }) => step)).toEqual([0, 10, 20, 24]);
      });
    });

    it('creates nothing in a steady step, and frees everything', async () => {
      const before = { ...device().counters };
      await withTrainer(device(), parseSpec({ ...input, evaluate: { every: 1000 } }), async (trainer) => {
        await trainer.run({ steps: 2 });
        const steady = { ...device().counters };
        await trainer.run({ steps: 20 });
        const after = device().counters;
        expect(after.bindGroupsCreated).toBe(steady.bindGroupsCreated);
        expect(after.buffersCreated).toBe(steady.buffersCreated);
        expect(after.submits - steady.submits).toBeLessThanOrEqual(20);
      });
      expect(device().counters.buffersAlive).toBe(before.buffersAlive);
      expect(device().counters.bytesAlive).toBe(before.bytesAlive);
    });
  });

  describe('the trainer', () => {
    it('stops within the submits under way when it is told to', async () => {
      await withTrainer(device(), parseSpec({ ...mlp, steps: 100_000 }), async (trainer) => {
        const controller = new AbortController();
        const outcome = await trainer.run({
          signal: controller.signal,
          onEvent: (event) => {
            if (event.kind === 'losses' && event.first >= 5) controller.abort();
          },
        });
        expect(outcome).toBe('paused');
        expect(trainer.step).toBeLessThan(2000);
      });
    });

    it('gives a replica with a share of the examples the bits of a run that has no others', async () => {
      const common = {
        task: { name: 'backoff-language', vocabulary: 12, length: 6, pool: 40, validation: 4 },
        model: { kind: 'transformer', layers: 1, width: 8, heads: 2 },
        batch: 16,
        steps: 12,
      };
      const shares = [1, 0.25, 0.6];
      const spec = parseSpec({ ...common, replicas: 3, trainingFractions: shares });
      const { losses } = await withTrainer(device(), spec, (trainer) => train(trainer));
      const { task, options } = taskOf(spec);
      for (const [r, share] of shares.entries()) {
        const data = task.generate(options, spec.dataSeed);
        const { train: all } = data;
        const rows = all.rows * share;
        data.train = {
          ...all,
          rows,
          inputs: all.inputs.slice(0, rows * all.inputWidth),
          targets: all.targets.slice(0, rows * all.targetWidth),
        };
        const alone = await Trainer.create(device(), parseSpec({ ...common, seed: spec.seed + r }), { data });
        const own = await train(alone).finally(() => alone.destroy());
        expect(losses.filter((_, i) => i % 3 === r)).toEqual(own.losses);
      }
    });

    it('scores such a replica on the training examples that it has met', async () => {
      const { task, options } = taskOf(parseSpec({ task: { name: 'modular-addition', prime: 7 } }));
      const data = task.generate(options, 1);
      const { train: all } = data;
      const spec = parseSpec({
        task: { name: 'modular-addition', prime: 7 },
        replicas: 2,
        trainingFractions: [1, 0.5],
        steps: 1,
      });
      const rows = Math.round(all.rows / 2);
      const half: Examples = {
        ...all,
        rows,
        inputs: all.inputs.slice(0, rows * all.inputWidth),
        targets: all.targets.slice(0, rows * all.targetWidth),
      };
      const scored = async (given: TaskData): Promise<unknown> => {
        const trainer = await Trainer.create(device(), spec, { data: given });
        return (await trainer.evaluate().finally(() => trainer.destroy())).sets.train![1];
      };
      const short = { ...data, evaluation: { ...data.evaluation, train: half } };
      expect(await scored(data)).toEqual(await scored(short));
    });

    it('learns one batch by heart', async () => {
      const spec = parseSpec({
        task: { name: 'backoff-language', vocabulary: 12, length: 6, pool: 4, validation: 4 },
        model: { kind: 'transformer', layers: 1, width: 32, heads: 2 },
        batch: 4,
        steps: 300,
        evaluate: { every: 300 },
        learningRate: 1e-2,
      });
      const { losses } = await withTrainer(device(), spec, (trainer) => train(trainer));
      // Rows that begin alike cannot be told apart at once: what is left is that ambiguity, at most ln 4 / 6.
      expect(losses.at(-1)).toBeLessThan(0.25);
    });

    it('never does better than the entropy of the language', async () => {
      const spec = parseSpec({
        task: { name: 'backoff-language', vocabulary: 8, length: 8, pool: 20_000, validation: 512 },
        model: { kind: 'transformer', layers: 1, width: 32, heads: 2 },
        batch: 32,
        steps: 300,
        evaluate: { every: 100 },
        learningRate: 1e-2,
      });
      const { evaluations } = await withTrainer(device(), spec, (trainer) => train(trainer));
      const excess = evaluations.map(({ sets }) => sets.validation![0]!.excess!);
      expect(Math.min(...excess)).toBeGreaterThan(-0.005);
      expect(excess.at(-1)).toBeLessThan(excess[0]! - 0.1);
    });

    it('estimates its time without leaving a trace', async () => {
      const spec = parseSpec(transformer);
      const [plain, estimated] = [
        await withTrainer(device(), spec, (trainer) => train(trainer)),
        await withTrainer(device(), spec, async (trainer) => {
          expect(await trainer.estimate()).toBeGreaterThan(0);
          const result = await train(trainer);
          await expect(trainer.estimate()).rejects.toThrow('before it begins');
          return result;
        }),
      ];
      expect(estimated.losses).toEqual(plain.losses);
      expect(estimated.evaluations).toEqual(plain.evaluations);
    });

    it('begins with the weights of another run, the same for all replicas, and comes back to them', async () => {
      const spec = parseSpec({ ...transformer, replicas: 1 });
      const from = await withTrainer(device(), spec, async (trainer) => {
        await train(trainer);
        return trainer.checkpoint();
      });
      const trainer = await Trainer.create(device(), parseSpec({ ...transformer, replicas: 3, steps: 4 }), {
        from,
      });
      const start = await trainer.checkpoint();
      expect(start.step).toBe(0);
      const length = from.parameters.length;
      for (let r = 0; r < 3; r++)
        expect(start.parameters.subarray(r * length, (r + 1) * length)).toEqual(from.parameters);
      const { losses } = await train(trainer);
      expect(new Set(losses.slice(0, 3)).size).toBe(3); // other batches
      trainer.reset();
      expect((await trainer.checkpoint()).parameters).toEqual(start.parameters);
      expect(new ResultRecorder(trainer).result('paused').from).toMatchObject({ step: spec.steps });
      trainer.destroy();
    });

    it('measures how far the weights of each replica have moved, from whatever they began with', async () => {
      const spec = parseSpec({ ...mlp, replicas: 2, evaluate: { every: 12, movement: true } });
      const distance = (a: Float32Array, b: Float32Array): number =>
        Math.sqrt(a.reduce((sum, value, i) => sum + (value - b[i]!) ** 2, 0));
      const measure = async (trainer: Trainer): Promise<Checkpoint> => {
        const start = await trainer.checkpoint();
        const { evaluations } = await train(trainer);
        const end = await trainer.checkpoint();
        const moved = evaluations.map(({ sets }) => sets.validation!.map((metrics) => metrics.moved!));
        expect(moved[0]).toEqual([0, 0]);
        const half = end.parameters.length / 2;
        for (const r of [0, 1]) {
          const own = [start, end].map(({ parameters }) => parameters.slice(r * half, (r + 1) * half));
          expect(moved.at(-1)![r]).toBeCloseTo(distance(own[0]!, own[1]!), 6);
          expect(moved.at(-1)![r]).toBeGreaterThan(moved[1]![r]!);
        }
        return end;
      };
      const first = await withTrainer(device(), spec, measure);
      const tuned = await Trainer.create(device(), spec, { from: first });
      await measure(tuned).finally(() => tuned.destroy());
      await withTrainer(device(), parseSpec(mlp), async (trainer) => {
        expect((await trainer.evaluate()).sets.validation![0]).not.toHaveProperty('moved');
      });
    });

    it('refuses weights of another model, or of other replicas', async () => {
      const from = await withTrainer(device(), parseSpec({ ...transformer, replicas: 2 }), (trainer) =>
        trainer.checkpoint(),
      );
      const create = (change: object) =>
        Trainer.create(device(), parseSpec({ ...transformer, ...change }), { from });
      await expect(create({ replicas: 3 })).rejects.toThrow(
        'replicas: the weights to begin with are 2 replicas',
      );
      await expect(
        create({ replicas: 2, model: { kind: 'transformer', layers: 2, width: 8, heads: 2 } }),
      ).rejects.toThrow("model: the weights to begin with are another model's: model.layers is 1, not 2");
    });

    it('keeps the state of every evaluation, which scores the same later', async () => {
      const kept: Checkpoint[] = [];
      const evaluations: Curve['evaluations'] = [];
      const rescored: unknown[] = [];
      await withTrainer(device(), parseSpec(transformer), async (trainer) => {
        await trainer.run({
          onEvent: (event) => {
            if (event.kind === 'evaluation') evaluations.push(event);
          },
          onCheckpoint: async (checkpoint) => {
            kept.push(await checkpoint());
          },
        });
      });
      await withTrainer(device(), parseSpec(transformer), async (trainer) => {
        for (const checkpoint of kept) {
          trainer.restore(checkpoint);
          rescored.push((await trainer.evaluate()).sets);
        }
      });
      expect(kept.map(({ step }) => step)).toEqual(evaluations.map(({ step }) => step));
      expect(rescored).toEqual(evaluations.map(({ sets }) => sets));
    });
  });

  // Plain loops are not compiled.
  if (kind === 'cpu') return;
  describe('kernels of the evaluation', () => {
    it.each([
      [
        'an MLP',
        {
          ...mlp,
          task: { ...mlp.task, validation: 100 },
          batch: 37,
          model: { ...mlp.model, hidden: [64, 64] },
        },
      ],
      ['a transformer', { ...transformer, task: { ...transformer.task, validation: 70 }, batch: 33 }],
    ])('are those of the step where they can be: %s', async (_, input) => {
      const create = vi.spyOn(device().handle, 'createComputePipelineAsync');
      await withTrainer(device(), parseSpec(input), () => Promise.resolve());
      const made = create.mock.calls.map(([{ label }]) => label!);
      create.mockRestore();
      expect(made.filter((label) => label.startsWith('matmul')).length).toBeGreaterThan(0);
      // What is compiled behind the loading of rows is compiled for the evaluation alone.
      const own = made.slice(made.indexOf('load_rows') + 1);
      expect(own.filter((label) => label.startsWith('matmul'))).toEqual([]);
    });
  });
});
