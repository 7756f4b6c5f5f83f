/** Exams over facts: drawn questions, each answered by a model's weights. */
import { makeFacts } from '../tasks/facts.ts';
import type { RunSpec } from '../worker/protocol.ts';
import { answer, argmax } from './answer.ts';
import type { Weights } from './weights.ts';

export { VALUES } from '../tasks/facts.ts';

export interface Question {
  /** of its fact, from 1 */
  rank: number;
  /** the pair of ids that is asked for */
  key: [a: number, b: number];
  value: number;
}

interface FactsTask {
  facts: number;
  exponent: number;
  world: number;
}

/** So many questions about facts of these ranks, evenly spread over them: the same for every model. */
export function exam(task: FactsTask, [first, last]: readonly [number, number], count: number): Question[] {
  const { side, keys, values } = makeFacts(task.facts, task.exponent, task.world);
  return Array.from({ length: count }, (_, i) => {
    const rank = Math.round(first + ((i + 0.5) * (last - first)) / count);
    const key = keys[rank - 1]!;
    return { rank, key: [Math.floor(key / side), key % side], value: values[rank - 1]! };
  });
}

/** Whether each is answered right. */
export function examine(
  model: RunSpec['model'],
  weights: Weights,
  questions: readonly Question[],
): boolean[] {
  return questions.map(({ key, value }) => argmax(answer(model, weights, key).outputs[0]!) === value);
}
