/** What a lesson says for a class, loaded when it is asked for. */
import type { ForClass } from '../../lessons/for-class.ts';

const modules = import.meta.glob<ForClass>('../../lessons/*/class.ts', { import: 'forClass' });

export const forClassOf = async (lesson: string): Promise<ForClass | undefined> =>
  modules[`../../lessons/${lesson}/class.ts`]?.();
