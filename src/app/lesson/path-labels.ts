/** Names of settings, for the list of what a link or a knob has changed. */
import { msg } from '../../msg.ts';

const labels = {
  get seed(): string {
    return msg('seed', { id: 'lesson.paths.seed' });
  },
  get steps(): string {
    return msg('steps', { id: 'lesson.paths.steps' });
  },
  get batch(): string {
    return msg('batch', { id: 'lesson.paths.batch' });
  },
  get replicas(): string {
    return msg('copies', { id: 'lesson.paths.replicas' });
  },
  get learningRate(): string {
    return msg('learning rate', { id: 'lesson.paths.learning-rate' });
  },
  get width(): string {
    return msg('width', { id: 'lesson.paths.width' });
  },
  get hidden(): string {
    return msg('hidden layers', { id: 'lesson.paths.hidden' });
  },
  get noise(): string {
    return msg('noise', { id: 'lesson.paths.noise' });
  },
  get points(): string {
    return msg('points', { id: 'lesson.paths.points' });
  },
};

/** What a setting is called, by its path. */
export function pathLabel(path: string): string {
  const last = path.split('.').at(-1)!;
  return Object.hasOwn(labels, last) ? labels[last as keyof typeof labels] : last;
}
