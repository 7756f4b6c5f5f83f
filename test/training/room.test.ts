/** Room on the device: what a run is refused for, and what it holds. */
import { expect, test } from 'vitest';
import { parseSpec } from '../../src/training/spec/spec.ts';
import { Trainer } from '../../src/training/trainer/trainer.ts';
import { useDevice } from '../support/device.ts';

const device = useDevice();

test.each([
  [
    'a batch that wants too many workgroups',
    {
      task: { name: 'factsworld', pool: 64 },
      model: { kind: 'mlp', combine: 'sum', embedding: 1024 },
      batch: 65536,
    },
    'batch, replicas, model: ',
  ],
  [
    'a pool and a batch whose product is too large',
    { task: { name: 'sparse-parity' }, batch: 65536 },
    'batch, task.pool: ',
  ],
  [
    'scores that no buffer holds',
    {
      task: { name: 'shapes', validation: 65536 },
      model: { kind: 'mlp', hidden: [2] },
      batch: 32,
      replicas: 256,
    },
    'task.validation, replicas: ',
  ],
])('refuses %s, and keeps nothing of it', async (_, input, keys) => {
  const before = device().counters.bytesAlive;
  await expect(Trainer.create(device(), parseSpec(input))).rejects.toThrow(keys);
  expect(device().counters.bytesAlive).toBe(before);
});

test('tells the bytes that it holds', async () => {
  for (const whole of [true, false]) {
    const spec = parseSpec({
      task: { name: 'sparse-parity', bits: 8, pool: 256, validation: 1 },
      model: { kind: 'mlp', hidden: [64] },
      batch: 32,
    });
    const before = device().counters.bytesAlive;
    const trainer = await Trainer.create(device(), spec, { persistent: whole });
    const alive = device().counters.bytesAlive - before;
    // What is not counted, evaluation and readback, is small here.
    expect(trainer.info.gpuBytes / alive).toBeGreaterThan(0.8);
    expect(trainer.info.gpuBytes).toBeLessThan(alive);
    trainer.destroy();
  }
});

test('refuses what the device has no room for, before it allocates, and names the keys', async () => {
  const before = device().counters.buffersCreated;
  const spec = parseSpec({
    task: { name: 'backoff-language', vocabulary: 12, length: 6, pool: 40, validation: 8 },
    model: { kind: 'transformer', width: 512, layers: 8 },
    replicas: 1024,
  });
  await expect(Trainer.create(device(), spec)).rejects.toThrow(
    /model, replicas: parameters would need .* MiB/,
  );
  expect(device().counters.buffersCreated).toBe(before);
});

test('refuses a run with which the lab would hold more than this kind of device bears', async () => {
  const spec = parseSpec({ task: { name: 'sparse-parity', pool: 256, validation: 16 }, batch: 32 });
  const before = device().counters.bytesAlive;
  device().mostBytes = before + 2 ** 20;
  try {
    await expect(Trainer.create(device(), parseSpec({ ...spec, replicas: 64 }))).rejects.toThrow(
      /^model, replicas, batch, task\.pool: the run would hold [\d.]+ MiB; on this kind of device 1\.0 MiB are left/,
    );
    expect(device().counters.bytesAlive).toBe(before);
    const trainer = await Trainer.create(
      device(),
      parseSpec({ ...spec, model: { kind: 'mlp', hidden: [8] } }),
    );
    trainer.destroy();
  } finally {
    device().mostBytes = undefined;
  }
});
