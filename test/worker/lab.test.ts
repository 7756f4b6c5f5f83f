/** The lab behind the protocol: what the page relies on. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Device } from '../../src/gpu/device.ts';
import { LabService } from '../../src/worker/lab.ts';
import type { RunEvent, SpecInput, View } from '../../src/worker/protocol.ts';

const shapes: SpecInput = {
  task: { name: 'shapes', points: 60, validation: 32 },
  model: { kind: 'mlp', hidden: [12, 10], activation: 'gelu' },
  batch: 16,
  steps: 40,
  evaluate: { every: 10 },
};

const language: SpecInput = {
  task: { name: 'backoff-language', vocabulary: 12, length: 6, pool: 40, validation: 8 },
  model: { kind: 'transformer', layers: 1, width: 8, heads: 2 },
  batch: 5,
  steps: 20,
  evaluate: { every: 10 },
};

let lab: LabService;
let events: RunEvent[];
const listen = (event: RunEvent): void => void events.push(event);
const of = <K extends RunEvent['kind']>(kind: K): (RunEvent & { kind: K })[] =>
  events.filter((event): event is RunEvent & { kind: K } => event.kind === kind);
const losses = (): number[] => of('losses').flatMap((event) => [...event.losses]);

/** The devices that the lab acquired. */
let devices: Device[];

beforeEach(() => {
  events = [];
  devices = [];
  lab = new LabService(async () => {
    const device = await Device.cpu();
    devices.push(device);
    return device;
  });
});

afterEach(() => devices.forEach((device) => device.destroy()));

describe('a run', () => {
  it('is built, trains, is evaluated and finishes, and says so', async () => {
    const id = await lab.open(shapes, listen);
    const info = of('ready')[0]!.info;
    expect(info.parameters).toBe(2 * 12 + 12 + 12 * 10 + 10 + 10 * 2 + 2);
    expect(info.guessLoss).toBeCloseTo(Math.log(2));
    expect(info.spec).toMatchObject({ learningRate: 3e-3, replicas: 1 });
    const { done, total } = of('building').at(-1)!;
    expect(done).toBe(total);
    await lab.run(id);
    expect(losses()).toHaveLength(40);
    expect(of('evaluation').map(({ step }) => step)).toEqual([0, 10, 20, 30, 40]);
    expect(of('status').map(({ status }) => status)).toEqual(['ready', 'running', 'finished']);
    const speed = of('speed').at(-1)!;
    expect(speed.stepsPerSecond).toBeGreaterThan(0);
    expect(speed.tokensPerSecond).toBeCloseTo(16 * speed.stepsPerSecond, 3);
    expect(speed.gflops).toBeCloseTo((speed.stepsPerSecond * info.flopsPerStep) / 1e9, 6);
    await lab.close(id);
  });

  it('pauses at once, steps one by one, and starts over with the same curve', async () => {
    const id = await lab.open(language, listen);
    await lab.run(id, 1);
    await lab.run(id, 1);
    expect(of('status').at(-1)).toMatchObject({ status: 'paused', step: 2 });
    const running = lab.run(id);
    await lab.pause(id);
    await running;
    await lab.run(id);
    const first = losses();
    expect(first).toHaveLength(20);
    await lab.reset(id);
    events = [];
    await lab.run(id);
    expect(losses()).toEqual(first);
    await lab.close(id);
  });

  it('begins anew when it is run while a reset is under way', async () => {
    const id = await lab.open({ ...shapes, steps: 400 }, listen);
    const first = lab.run(id, 100);
    const reset = lab.reset(id);
    const second = lab.run(id, 5);
    await Promise.all([first, reset, second]);
    expect(of('status').at(-1)).toMatchObject({ status: 'paused', step: 5 });
    expect(of('losses').at(-1)!.first).toBeLessThan(5);
    await lab.close(id);
  });

  it('says when it diverges, and at which step', async () => {
    const diverging = {
      task: { name: 'sine', points: 32, validation: 16 },
      model: { kind: 'mlp', hidden: [8], activation: 'square', outputScale: 1 },
      optimizer: { name: 'sgd' },
      learningRate: 10,
      steps: 100,
    };
    const id = await lab.open(diverging, listen);
    await lab.run(id);
    const last = of('status').at(-1)!;
    expect(last.status).toBe('diverged');
    expect(last.message).toContain(`not finite at step ${losses().length - 1}`);
    await lab.close(id);
  });

  it('goes on from where it was when the device is lost, with the same curve', async () => {
    const spec = { ...shapes, steps: 400, evaluate: { every: 20 } };
    const whole = await lab.open(spec, listen);
    await lab.run(whole);
    const expected = losses();
    await lab.close(whole);

    events = [];
    const id = await lab.open(spec, (event) => {
      listen(event);
      if (event.kind === 'evaluation' && event.step === 100) devices[0]!.handle.destroy();
    });
    await lab.run(id);
    expect(devices).toHaveLength(2);
    const { step } = of('recovered')[0]!;
    const curve: number[] = [];
    for (const event of of('losses')) event.losses.forEach((loss, i) => (curve[event.first + i] = loss));
    expect(step).toBeLessThanOrEqual(100);
    expect(curve).toEqual(expected);
    expect(of('status').at(-1)!.status).toBe('finished');
    await lab.close(id);
  });
});

describe('a device that is lost again and again', () => {
  const spec = { ...shapes, steps: 400, evaluate: { every: 20 } };

  it('stops the run, which says so and can be tried again', async () => {
    let isFragile = true;
    const id = await lab.open(spec, (event) => {
      listen(event);
      if (isFragile && event.kind === 'losses') devices.at(-1)!.handle.destroy();
    });
    await expect(lab.run(id)).rejects.toMatchObject({ name: 'GPULostError' });
    expect(devices).toHaveLength(3);
    expect(of('status').at(-1)).toMatchObject({ status: 'failed', name: 'GPULostError', step: 0 });
    isFragile = false;
    await lab.run(id);
    expect(of('status').at(-1)!.status).toBe('finished');
    await lab.close(id);
  });
});

it('says that the GPU was lost, not that there is none, when no other one comes before a run has begun', async () => {
  let count = 0;
  const fragile = new LabService(async () => {
    if (count++) return Device.acquire({ requestAdapter: () => Promise.resolve(null) } as never);
    const device = await Device.cpu();
    devices.push(device);
    return device;
  });
  await fragile.device();
  devices[0]!.destroy();
  await devices[0]!.lost;
  await expect(fragile.device()).rejects.toMatchObject({ name: 'GPULostError' });
});

it('names a replica that diverged, and its step, when the others have finished', async () => {
  const diverging = {
    task: { name: 'sine', points: 32, validation: 16 },
    model: { kind: 'mlp', hidden: [8], activation: 'square', outputScale: 1 },
    optimizer: { name: 'sgd' },
    learningRates: [1e-3, 10, 1e-3],
    replicas: 3,
    steps: 100,
  };
  const id = await lab.open(diverging, listen);
  await lab.run(id);
  const { status, message } = of('status').at(-1)!;
  expect(status).toBe('finished');
  expect(message).toMatch(/^1 of 3 replicas diverged \(replica 1 at step \d+\)/);
  await lab.close(id);
});

describe('views', () => {
  it('draw the decision surface, row by row from the top', async () => {
    const id = await lab.open(shapes, listen);
    await lab.run(id);
    const view = (await lab.view(id, { kind: 'surface', size: 6, extent: 2 })) as View & { kind: 'surface' };
    expect(view.outputs).toBe(2);
    expect(view.values).toHaveLength(72);
    for (let i = 0; i < 36; i++) expect(view.values[2 * i]! + view.values[2 * i + 1]!).toBeCloseTo(1, 5);
    const points = await lab.points(id);
    expect(points.positions).toHaveLength(120);
    expect(points.labels).toHaveLength(60);
    await lab.close(id);
  });

  it('show attention weights that sum to 1 and look only back', async () => {
    const id = await lab.open(language, listen);
    await lab.run(id, 5);
    const view = (await lab.view(id, { kind: 'attention', layer: 0, row: 3 })) as View & {
      kind: 'attention';
    };
    expect([view.heads, view.length, view.tokens.length]).toEqual([2, 6, 6]);
    for (let row = 0; row < 12; row++) {
      const weights = [...view.weights.subarray(row * 6, row * 6 + 6)];
      expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 5);
      expect(weights.slice((row % 6) + 1).every((weight) => weight === 0)).toBe(true);
    }
    await expect(lab.view(id, { kind: 'attention', layer: 1, row: 0 })).rejects.toThrow(
      'layer: must be an integer from 0 to 0',
    );
    await lab.close(id);
  });

  it('write texts that go on from the prompt', async () => {
    const id = await lab.open(language, listen);
    await lab.run(id);
    const request = { kind: 'samples', rows: 4, prompt: 2, temperature: 1 } as const;
    const view = (await lab.view(id, request)) as View & { kind: 'samples' };
    for (const { generated, truth, nats } of view.rows) {
      expect(generated).toHaveLength(6);
      expect(generated.slice(0, 2)).toEqual(truth.slice(0, 2));
      expect(nats).toBeGreaterThan(0);
    }
    expect(new Set(view.rows.map(({ generated }) => generated.join(''))).size).toBeGreaterThan(1);
    await lab.close(id);
  });
});

describe('the lab', () => {
  it('leaves nothing on the GPU when runs are closed, even in the middle', async () => {
    await lab.device();
    const { counters } = devices[0]!;
    const idle = { ...counters };
    const ids = await Promise.all([lab.open(shapes, listen), lab.open(language, listen)]);
    const running = ids.map((id) => lab.run(id));
    await lab.view(ids[0], { kind: 'surface', size: 4, extent: 2 });
    expect(counters.buffersAlive).toBeGreaterThan(20);
    await Promise.all(ids.map((id) => lab.close(id)));
    await Promise.all(running);
    expect(counters.buffersAlive).toBe(idle.buffersAlive);
    expect(counters.bytesAlive).toBe(idle.bytesAlive);
    await expect(lab.run(ids[0])).rejects.toThrow('There is no run');
  });

  it('says what is wrong with a spec, and that there is no WebGPU', async () => {
    await expect(lab.open({ task: { name: 'shapes' }, steps: -1 }, listen)).rejects.toThrow(
      'steps: must be an integer from 1',
    );
    const without = new LabService(() => Device.acquire(undefined));
    await expect(without.device()).rejects.toThrow('This browser has no WebGPU');
  });
});
