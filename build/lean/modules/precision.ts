/** No figure has half precision. */
import type * as Full from '../../../src/training/trainer/precision.ts';

export const hasHalf: typeof Full.hasHalf = () => false;
export const computed: typeof Full.computed = (_tape, _spec, arena) => (name) => arena.get(name);
