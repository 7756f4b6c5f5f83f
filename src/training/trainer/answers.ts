/** What every replica answers to rows of the validation set: read from the scores of the last measurement. */
import type { Device } from '../../gpu/device.ts';
import { download } from '../../gpu/tensor.ts';
import type { Asking, Snapshot, Watch } from '../results/snapshot.ts';
import { type EvaluationSet, SCORES } from './evaluation.ts';

export const isAsking = (watch: Watch): watch is Asking => typeof watch === 'object' && 'answers' in watch;

export async function answersAt(
  step: number,
  device: Device,
  { examples, scores }: EvaluationSet,
  asking: Asking,
): Promise<Snapshot> {
  const all = new Float32Array(await download(device, scores.storage));
  const answers = examples.map(({ targets, targetWidth, rows }, r) =>
    Array.from({ length: Math.min(asking.answers, rows) }, (_, row) =>
      Array.from({ length: targetWidth }, (_, i) => row * targetWidth + i)
        .filter((position) => targets[position]! >= 0)
        .map((position) => all[r * scores.stride + position * SCORES + 1]!),
    ),
  );
  return { step, weights: {}, answers };
}

/** One snapshot of those of the shares, in the order of their replicas. */
export function joinAnswers(parts: readonly Snapshot[]): Snapshot {
  return { ...parts[0]!, answers: parts.flatMap(({ answers = [] }) => answers) };
}
