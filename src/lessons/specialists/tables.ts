/** The table of specialists: the accuracy of each model in the domain and on the general mix. */
import { median } from '../../scaling/index.ts';
import type { RunResult } from '../../worker/protocol.ts';
import type { Table } from '../lesson.ts';
import { text } from '../shared/text.ts';
import type { Key } from './design.ts';
import { differences, type Score } from './measured.ts';

export function scoreTable(runs: ReadonlyMap<Key, RunResult>, scores: ReadonlyMap<Key, Score>): Table {
  const middle = (values: readonly number[] | undefined): number | null => {
    const value = median((values ?? []).filter(Number.isFinite));
    return Number.isFinite(value) ? value : null;
  };
  return {
    name: 'models',
    title: text('Accuracy at the end, median of the seeds', '最后的准确率，各种子的中位数'),
    columns: [
      { key: 'model', title: text('model', '模型') },
      { key: 'N', title: text('parameters N', '参数 N') },
      { key: 'steps', title: text('steps', '步数') },
      { key: 'domain', title: text('in the domain', '在领域中') },
      { key: 'general', title: text('on the general mix', '在通用混合上') },
      { key: 'gain', title: text('domain, from the generalist', '领域，与通才之差') },
    ],
    rows: [...runs].map(([key, run]) => [
      key,
      run.parameters,
      run.step,
      middle(scores.get(key)?.domain),
      middle(scores.get(key)?.general),
      middle(differences(scores.get(key)?.domain, scores.get('generalist')?.domain)),
    ]),
  };
}
