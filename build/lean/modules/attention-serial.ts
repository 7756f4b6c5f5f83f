/** A figure's attention goes by tiles, on adapters that compute on the CPU too. */
import type * as Full from '../../../src/kernels/attention-serial.ts';

export const serialTiling: typeof Full.serialTiling = () => undefined;
