/** Drivers that get subgroups or half precision wrong: what they report, and what they compute. */
import { describe, expect, it } from 'vitest';
import { createGPU } from '../../src/cli/driver.ts';
import { findAdapter } from '../../src/gpu/adapter.ts';
import { Device } from '../../src/gpu/device.ts';
import { kernelChoice, runsOn } from '../../src/kernels/choice.ts';
import { hasHalf } from '../../src/training/trainer/precision.ts';
import { type Check, checkFeatures, checksFor } from '../../src/training/measuring/trust.ts';

/** A device whose adapter says of itself what it does not have. */
async function reporting(info: Partial<GPUAdapterInfo>): Promise<Device> {
  const found = await findAdapter(createGPU(), 'core');
  const { handle } = found!;
  const told = new Proxy(handle.info, {
    get: (real, name) =>
      (name in info ? info[name as keyof typeof info] : Reflect.get(real, name, real)) as unknown,
  });
  const adapter = {
    features: handle.features,
    limits: handle.limits,
    info: told,
    requestDevice: (descriptor: GPUDeviceDescriptor) => handle.requestDevice(descriptor),
  } as unknown as GPUAdapter;
  return Device.of({ handle: adapter, featureLevel: 'core' });
}

/** The check with the suspect's text changed, as a driver might compile it. */
function miscompiled(check: Check, from: RegExp, to: string): Check {
  const [first, ...rest] = check.dispatches.toReversed();
  const change = check.dispatches.map((dispatch) => {
    const code = dispatch.kernel.code.map((text) => text.replace(from, to));
    return code.some((text, i) => text !== dispatch.kernel.code[i])
      ? { ...dispatch, kernel: { ...dispatch.kernel, code } }
      : dispatch;
  });
  expect(change, 'something was changed').not.toEqual([...rest.toReversed(), first]);
  return { ...check, dispatches: change };
}

describe('what a driver computes', () => {
  it('is trusted where it is right', async () => {
    const device = await reporting({});
    await checkFeatures(device);
    expect([...device.distrusted]).toEqual([]);
    device.destroy();
  });

  it('is held against the plain kernels: subgroups that share wrong values are left out, and half precision stays', async ({
    skip,
  }) => {
    const device = await reporting({});
    skip(!runsOn(device, 'subgroup'));
    const checks = checksFor(device);
    const wrong = checks.map((check) =>
      check.name === 'matmul_subgroup'
        ? miscompiled(check, /subgroupBroadcast\((\w+), 3u?\)/, 'subgroupBroadcast($1, 2u)')
        : check,
    );
    await checkFeatures(device, wrong);
    expect([...device.distrusted.keys()]).toEqual(['subgroups']);
    expect(device.distrusted.get('subgroups')).toMatch(
      /^matmul_subgroup: value \d+ is -?[\d.]+, not -?[\d.]+$/,
    );
    expect(device.has('subgroups')).toBe(false);
    expect(kernelChoice(device)).toMatchObject({ large: 'register', attention: 'register' });
    expect(hasHalf(device)).toBe(true);
    device.destroy();
  });

  it('is left out where it does not compile', async ({ skip }) => {
    const device = await reporting({});
    skip(!device.has('shader-f16'));
    const checks = checksFor(device).filter(({ feature }) => feature === 'shader-f16');
    await checkFeatures(
      device,
      checks.map((check) => miscompiled(check, /fn main/, 'fn mian')),
    );
    expect(device.distrusted.get('shader-f16')).toMatch(/half precision: .*main/s);
    expect(hasHalf(device)).toBe(false);
    device.destroy();
  });
});

describe('what a driver reports', () => {
  it.each([
    [0, 0],
    [8, 16],
    [16, 16],
  ])('subgroups from %i to %i threads are not taken for subgroups of 8', async (least, most) => {
    const device = await reporting({ subgroupMinSize: least, subgroupMaxSize: most });
    expect(device.subgroupSize).toBe(least === most && least > 0 ? least : undefined);
    expect(runsOn(device, 'subgroup')).toBe(false);
    device.destroy();
  });
});
