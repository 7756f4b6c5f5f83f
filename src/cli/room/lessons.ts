/** What the room knows of lessons: their names, and what is needed to count a class. */
import type { ForClass } from '../../lessons/for-class.ts';
import { findLesson } from '../../lessons/index.ts';
import { EXPERIMENT_NAMES } from '../../lessons/path.ts';
import { expectedOf } from '../../lessons/expected.ts';
import type { LessonFacts, Lessons } from '../../room/classroom.ts';
import { recordingIn } from '../recorded.ts';
import { experimentOf } from './shared.ts';

const classes = import.meta.glob<ForClass>('../../lessons/*/class.ts', { import: 'forClass' });
const recordings = import.meta.glob<Parameters<typeof recordingIn>[0]>('../../lessons/*/recording.json', {
  import: 'default',
});

export const lessons: Lessons = {
  names: EXPERIMENT_NAMES,
  async facts(name): Promise<LessonFacts | undefined> {
    const lesson = findLesson(name);
    const [about, recording] = await Promise.all([
      classes[`../../lessons/${name}/class.ts`]?.(),
      recordings[`../../lessons/${name}/recording.json`]?.(),
    ]);
    if (!lesson || !about) return undefined;
    const figure =
      recording && recordingIn(recording).findings.figures.find(({ name }) => name === about.pooled.figure);
    return {
      logX: figure?.x.scale === 'log',
      value: lesson.question.value,
      right: about.question.right,
      expected: await expectedOf(name),
    };
  },
  experiment: experimentOf,
};
