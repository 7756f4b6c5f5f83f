/** An evaluation far longer than a step goes piece by piece, and can be paused within. */
import { expect, test } from 'vitest';
import { countEvaluations, nextEvaluation } from '../../src/training/spec/evaluation-points.ts';
import { evaluationBatch } from '../../src/training/trainer/evaluation.ts';
import { parseSpec } from '../../src/training/spec/spec.ts';
import { Trainer } from '../../src/training/trainer/trainer.ts';
import type { TrainerEvent } from '../../src/training/trainer/events.ts';
import { useDevice } from '../support/device.ts';

const device = useDevice();

test('a pause within the evaluation at step 0 is answered soon, and the run goes on as if it had not been', async () => {
  const spec = parseSpec({
    task: { name: 'shapes', validation: 32768 },
    model: { kind: 'mlp', hidden: [512, 512] },
    batch: 1,
    steps: 2,
  });
  const trainer = await Trainer.create(device(), spec);
  const whole = await trainer.evaluate();
  trainer.reset();
  const controller = new AbortController();
  const events: TrainerEvent[] = [];
  const options = { signal: controller.signal, onEvent: (event: TrainerEvent) => void events.push(event) };
  const running = trainer.run(options);
  controller.abort();
  const started = performance.now();
  expect(await running).toBe('paused');
  expect(performance.now() - started).toBeLessThan(3000);
  expect([trainer.step, events]).toEqual([0, []]);

  expect(await trainer.run({ ...options, signal: new AbortController().signal })).toBe('finished');
  const evaluations = events.filter((event) => event.kind === 'evaluation');
  expect(evaluations.map(({ step }) => step)).toEqual([0, 2]);
  expect(evaluations[0]!.sets).toEqual(whole.sets);
  trainer.destroy();
});

test('no piece of an evaluation costs more than a training step, or than a second', () => {
  const sets = [{ rows: 65536, targets: new Int32Array(0), targetWidth: 1 }] as never;
  const rows = (batch: number, parameters: number): number =>
    evaluationBatch(sets, { batch, replicas: 1 }, parameters);
  expect(rows(1, 8.4e6)).toBeLessThan(300);
  expect(rows(1, 100)).toBe(32768);
  expect(rows(64, 8.4e6)).toBe(64);
});

test.each(['step', 'log-step', 'flops'] as const)(
  'evaluations spaced by %s are counted without walking through them',
  (spacing) => {
    for (const [every, steps] of [
      [1.5, 1000],
      [50, 1000],
      [2, 12345],
      [1.01, 2000],
    ] as const) {
      let count = 1;
      for (let step = 0; step < steps; step = nextEvaluation({ spacing, every }, 1, step + 1)) count++;
      expect(Math.abs(countEvaluations({ spacing, every }, 1, steps) / count - 1)).toBeLessThan(0.25);
    }
  },
);
