import { describe, expect, it } from 'vitest';
import { copy } from '../../src/kernels/copy.ts';
import { DEVICES, useDevice } from '../support/device.ts';
import { floats, normals, outputOf, runOnce, tensorOf } from '../support/run.ts';

describe.each(DEVICES)('copy, on the %s', (kind) => {
  const device = useDevice({ kind });

  /** Both sides of a workgroup's 1024 values. */
  it.each([4, 1020, 1024, 1028])('copies %i values', async (count) => {
    const values = normals(count, 1);
    const to = outputOf(device(), [count]);
    await runOnce(device(), [copy({ from: tensorOf(device(), [count], values), to })]);
    expect(await floats(device(), to)).toEqual(values);
  });

  it('refuses sizes that differ or are no multiple of 4', () => {
    const [six, eight] = [outputOf(device(), [6]), outputOf(device(), [8])];
    expect(() => copy({ from: six, to: six })).toThrow('6 elements');
    expect(() => copy({ from: eight, to: six })).toThrow(RangeError);
  });
});
