/** What a lesson says for a class, loaded when it is asked for. */
import type { ClassFacts, ForClass } from '../../lessons/for-class.ts';
import { expectedOf } from '../../lessons/expected.ts';

const modules = import.meta.glob<ForClass>('../../lessons/*/class.ts', { import: 'forClass' });

export async function forClassOf(lesson: string): Promise<ClassFacts | undefined> {
  const [forClass, expected] = await Promise.all([
    modules[`../../lessons/${lesson}/class.ts`]?.(),
    expectedOf(lesson),
  ]);
  return forClass && { ...forClass, expected };
}
