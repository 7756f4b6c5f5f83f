/** What two trainings of one run have in common, bit for bit. */
import { createHash } from 'node:crypto';
import type { RunResult } from '../training/results/result.ts';

export function digestOf({ outcome, step, losses, evaluations }: RunResult): string {
  const hash = createHash('sha256').update(JSON.stringify({ outcome, step, evaluations }));
  for (const curve of losses.values) hash.update(Float32Array.from(curve));
  return hash.digest('hex');
}
