/** Choosing a device, among Dawn's and the processor. */
import { afterEach, describe, expect, it } from 'vitest';
import { createGPU } from '../../src/cli/driver.ts';
import { DeviceChooser, triedFor, type World } from '../../src/devices/choose.ts';
import { detailsOf } from '../../src/devices/details.ts';
import type { Device } from '../../src/gpu/device.ts';
import { isSoftware } from '../../src/gpu/adapter.ts';
import { measureSpeed } from '../../src/training/measuring/calibration.ts';
import { useDevice } from '../support/device.ts';

const device = useDevice({ featureLevel: 'core' });
const open: Device[] = [];
afterEach(() => open.splice(0).forEach((each) => each.destroy()));

interface Change {
  limits?: object;
  info?: object;
  refuses?: boolean;
}

/** Dawn's adapters of these levels, changed. */
function gpuWith(levels: Partial<Record<'core' | 'compatibility', Change>>): GPU {
  const dawn = createGPU();
  const requestAdapter = async (options: GPURequestAdapterOptions): Promise<GPUAdapter | null> => {
    const change = levels[options.featureLevel as 'core'];
    if (!change) return null;
    const real = (await dawn.requestAdapter(options))!;
    const over = <T extends object>(of: T, by: object = {}): T =>
      new Proxy(of, {
        get: (_, key) => (key in by ? Reflect.get(by, key) : Reflect.get(of, key, of)) as unknown,
      });
    return {
      features: real.features,
      limits: over(real.limits, change.limits),
      info: over(real.info, change.info),
      requestDevice: (descriptor: GPUDeviceDescriptor) =>
        change.refuses ? Promise.reject(new Error('the driver is asleep')) : real.requestDevice(descriptor),
    } as unknown as GPUAdapter;
  };
  return { requestAdapter } as GPU;
}

const HARDWARE: Change = {
  info: { description: 'Real Graphics 9', architecture: '', device: '', isFallbackAdapter: false },
};

async function choose(world: Partial<World>): Promise<Device> {
  const chosen = await new DeviceChooser({
    gpu: undefined,
    wanted: 'auto',
    measure: () => Promise.resolve(1),
    ...world,
  }).choose();
  open.push(chosen);
  return chosen;
}

const outcomes = (of: Device): string[] => triedFor(of).map(({ kind, outcome }) => `${kind} ${outcome}`);

describe('choosing a device', () => {
  it('takes graphics, and asks for nothing else', async () => {
    const chosen = await choose({ gpu: gpuWith({ core: HARDWARE }) });
    expect([chosen.name, chosen.featureLevel]).toEqual(['Real Graphics 9', 'core']);
    expect(outcomes(chosen)).toEqual(['core chosen']);
  });

  it('takes older graphics where the core has none, or only a substitute', async () => {
    const one = await choose({ gpu: gpuWith({ compatibility: HARDWARE }) });
    expect(outcomes(one)).toEqual(['core none', 'compatibility chosen']);
    const other = await choose({ gpu: gpuWith({ core: {}, compatibility: HARDWARE }) });
    expect(outcomes(other)).toEqual(['compatibility chosen']);
  });

  it('takes the faster of the processor and a software adapter', async ({ skip }) => {
    skip(!isSoftware(device().info));
    const speeds = (cpu: number, software: number) => (of: Device) =>
      Promise.resolve(of.cpu ? cpu : software);
    const plain = await choose({ gpu: gpuWith({ core: {} }), measure: speeds(3, 2) });
    expect(plain.cpu).toBeDefined();
    expect(outcomes(plain)).toEqual(['compatibility none', 'cpu chosen', 'core slower']);
    expect(triedFor(plain).map(({ gflops }) => gflops)).toEqual([undefined, 3, 2]);
    const adapter = await choose({ gpu: gpuWith({ core: {} }), measure: speeds(2, 3) });
    expect(outcomes(adapter)).toEqual(['compatibility none', 'cpu slower', 'core chosen']);
  });

  it('trains on the processor without WebGPU, and where graphics grant too little or give no device', async () => {
    expect(outcomes(await choose({}))).toEqual(['core none', 'compatibility none', 'cpu chosen']);
    const weak = gpuWith({ core: { ...HARDWARE, limits: { maxStorageBuffersPerShaderStage: 4 } } });
    expect(outcomes(await choose({ gpu: weak }))).toEqual(['core weak', 'compatibility none', 'cpu chosen']);
    const chosen = await choose({ gpu: gpuWith({ core: { ...HARDWARE, refuses: true } }) });
    expect(outcomes(chosen)).toEqual(['core refused', 'cpu chosen']);
    expect(triedFor(chosen)[0]).toMatchObject({ message: 'the driver is asleep' });
  });

  it('does as it is asked', async () => {
    const gpu = gpuWith({ core: HARDWARE, compatibility: HARDWARE });
    expect((await choose({ gpu, wanted: 'cpu' })).cpu).toBeDefined();
    expect((await choose({ gpu, wanted: 'compat' })).featureLevel).toBe('compatibility');
    expect((await choose({ gpu, wanted: 'gpu' })).featureLevel).toBe('core');
  });

  it('says so where nothing works at all', async () => {
    const cpu = () => Promise.reject(new Error('a part was not loaded'));
    await expect(choose({ cpu })).rejects.toMatchObject({
      name: 'NoGPUError',
      message: 'Nothing to train on was found. cpu: a part was not loaded',
    });
  });

  it('passes over graphics that were lost three times within a minute', async () => {
    const chooser = new DeviceChooser({
      gpu: gpuWith({ core: HARDWARE }),
      wanted: 'auto',
      measure: () => Promise.resolve(1),
    });
    for (let i = 0; i < 3; i++) {
      const chosen = await chooser.choose();
      open.push(chosen);
      expect(chosen.featureLevel).toBe('core');
      // What `destroy` tells of itself is no loss.
      chosen.handle.destroy();
      await chosen.lost;
      await new Promise((resolve) => setTimeout(resolve));
    }
    const still = await chooser.choose();
    open.push(still);
    expect(still.featureLevel).toBe('core');
    chooser.lost('core');
    chooser.lost('core');
    chooser.lost('core');
    const last = await chooser.choose();
    open.push(last);
    expect(outcomes(last)).toEqual(['core lost', 'cpu chosen']);
  });

  it('tells helpers what was tried, chosen and left out, and what the device allows', async () => {
    const chosen = await choose({ gpu: gpuWith({ core: HARDWARE }), mostBytes: 1e9 });
    chosen.distrust('shader-f16', 'half precision: value 0 is 1, not 2');
    const details = detailsOf(chosen);
    expect(details).toMatchObject({
      kind: 'core',
      adapter: { description: 'Real Graphics 9' },
      leftOut: { 'shader-f16': 'half precision: value 0 is 1, not 2' },
      tried: [{ kind: 'core', outcome: 'chosen', software: false }],
    });
    expect(details.limits.maxComputeInvocationsPerWorkgroup).toBe(256);
    expect(chosen.mostBytes).toBe(1e9);
    expect(JSON.parse(JSON.stringify(details))).toEqual(details);
    expect(detailsOf(await choose({})).kind).toBe('cpu');
  });
});

it('measures a device in a fraction of a second', async () => {
  const cpu = await choose({});
  const from = performance.now();
  expect(await measureSpeed(cpu)).toBeGreaterThan(0.05);
  expect(performance.now() - from).toBeLessThan(2000);
});
