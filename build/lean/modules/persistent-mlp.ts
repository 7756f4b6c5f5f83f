/** Figures train by dispatches: nobody there asks for the persistent MLP kernel. */
import type * as Full from '../../../src/training/trainer/persistent-mlp.ts';

export const canBePersistent: typeof Full.canBePersistent = () => false;
export const paysPersistent: typeof Full.paysPersistent = () => false;
export const persistentMlpSteps: typeof Full.persistentMlpSteps = () => undefined as never;
