/** Examples that a model has labelled itself: what it learns when nobody gives it new answers, or only says which are right. */
import type { Arena } from '../../autodiff/index.ts';
import type { Device } from '../../gpu/device.ts';
import { download, upload } from '../../gpu/tensor.ts';
import { refusal } from '../../refusal.ts';
import type { Examples } from '../../tasks/index.ts';
import type { RunSpec } from '../spec/spec.ts';
import { EvaluationSet, SCORES } from './evaluation.ts';
import type { TrainerInfo } from './events.ts';
import type { Pool } from './programs.ts';

/** A target that no loss counts. */
const LEFT_OUT = -1;

/** A run that begins at random can be measured, but has nothing to learn from. @throws SchemaError */
export function refuseUnlabelled({ labels }: RunSpec, info: Pick<TrainerInfo, 'from'>): void {
  if (labels !== 'given' && !info.from) throw refusal('labels', 'own-labels-from', labels);
}

/**
 * Fills the pool's targets [R, rows, targetWidth] with the answers of each replica's weights in the arena: the class with the
 * highest score; with `own-right` only where that is the task's own label, noise included, and no target elsewhere.
 * Positions without a target stay without one.
 */
export async function labelPool(
  device: Device,
  spec: RunSpec,
  arena: Arena,
  pool: Pool,
  train: Examples,
  batch: number,
): Promise<void> {
  const set = await EvaluationSet.build(device, spec, arena, 'own labels', train, batch);
  try {
    await set.measure();
    const scores = new Float32Array(await download(device, set.scores.storage));
    const given = train.targets as Int32Array;
    const all = new Int32Array(spec.replicas * given.length);
    for (let r = 0; r < spec.replicas; r++) {
      for (let i = 0; i < given.length; i++) {
        const own = scores[r * set.scores.stride + i * SCORES + 1]!;
        const keeps = given[i]! >= 0 && (spec.labels === 'own' || own === given[i]);
        all[r * given.length + i] = keeps ? own : LEFT_OUT;
      }
    }
    upload(device, pool.targets.storage, all);
  } finally {
    set.destroy();
  }
}
