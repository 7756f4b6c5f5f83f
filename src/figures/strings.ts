/** What the figure of a lesson says, wherever it stands. */
import { msg, str } from '../msg.ts';

export const strings = {
  get figures(): string {
    return msg('Figure', { id: 'lesson.figures' });
  },
  get live(): string {
    return msg('The run under way', { id: 'lesson.live' });
  },
  get liveY(): string {
    return msg('loss', { id: 'lesson.live-y' });
  },
  get liveTraining(): string {
    return msg('training', { id: 'lesson.live-training' });
  },
  get liveValidation(): string {
    return msg('held out', { id: 'lesson.live-validation' });
  },
  get notYet(): string {
    return msg('Nothing measured yet. Press Run.', { id: 'lesson.not-yet' });
  },
  recordedSeries: (label: string): string => msg(str`${label}, recorded`, { id: 'lesson.recorded-series' }),
};
