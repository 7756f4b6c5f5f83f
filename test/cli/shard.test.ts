/** Which part of a sweep a task of a cluster does. */
import { expect, test } from 'vitest';
import { readShard } from '../../src/cli/shard.ts';

const slurm = (id: number, more: Record<string, string> = {}): Record<string, string> => ({
  SLURM_ARRAY_TASK_ID: String(id),
  SLURM_ARRAY_TASK_COUNT: '4',
  SLURM_ARRAY_TASK_MIN: '1',
  ...more,
});

test('each task of an array has a part of its own, wherever its numbers begin and however far they are apart', () => {
  const places = (ids: number[], more: Record<string, string> = {}): number[] =>
    ids.map((id) => readShard('auto', slurm(id, more)).index);
  expect(places([1, 2, 3, 4])).toEqual([1, 2, 3, 4]);
  expect(places([0, 1, 2, 3], { SLURM_ARRAY_TASK_MIN: '0' })).toEqual([1, 2, 3, 4]);
  expect(places([10, 15, 20, 25], { SLURM_ARRAY_TASK_MIN: '10', SLURM_ARRAY_TASK_STEP: '5' })).toEqual([
    1, 2, 3, 4,
  ]);
});

test('Kubernetes and SkyPilot count from 0; who has said it is told', () => {
  expect(readShard('auto', { JOB_COMPLETION_INDEX: '0', JOB_COMPLETIONS: '3' })).toEqual({
    index: 1,
    of: 3,
    from: 'Kubernetes',
  });
  expect(readShard('auto', { SKYPILOT_JOB_RANK: '2', SKYPILOT_NUM_JOBS: '3' })).toEqual({
    index: 3,
    of: 3,
    from: 'SkyPilot',
  });
  expect(readShard('2/8', slurm(1))).toEqual({ index: 2, of: 8 });
});

test.each([
  ['no cluster', {}, /no variable of Slurm \(SLURM_ARRAY_TASK_ID\), Kubernetes .*, SkyPilot/],
  ['no count', { JOB_COMPLETION_INDEX: '0' }, /JOB_COMPLETIONS is missing; .*manifest/],
  ['a gap', slurm(7), /part 7 of 4; places must follow one another/],
  ['before the first', slurm(0), /part 0 of 4/],
  ['no number', slurm(1, { SLURM_ARRAY_TASK_COUNT: 'many' }), /SLURM_ARRAY_TASK_COUNT is no number: "many"/],
])('%s is refused, with what is missing', (_, environment, message) => {
  expect(() => readShard('auto', environment)).toThrow(message);
});
