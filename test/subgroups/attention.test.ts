import { describe, it } from 'vitest';
import { runsOn } from '../../src/kernels/choice.ts';
import { checkAttention, shapes } from '../kernels/attention.ts';
import { useDevice } from '../support/device.ts';

describe('attention by subgroups', () => {
  const device = useDevice();

  it.for(shapes)('agrees with float64 for R, B, T, H, D = %o', async (shape, { skip }) => {
    skip(!runsOn(device(), 'subgroup'));
    await checkAttention(shape, device(), 'subgroup');
  });
});
