/** No figure has half precision. */
import type * as Full from '../../../src/gpu/half.ts';

export const withHalves: typeof Full.withHalves = (code) => code;
