/** What stands around the inside, beside a chart. */
import { msg, str } from '../msg.ts';

export const strings = {
  get title(): string {
    return msg('Inside the network', { id: 'lesson.inside.title' });
  },
  recorded: (device: string, date: string): string =>
    msg(str`Recorded on ${device}, ${date}`, { id: 'lesson.inside.recorded' }),
  get own(): string {
    return msg('Your run', { id: 'lesson.inside.own' });
  },
  get takeOut(): string {
    return msg('Take out:', { id: 'lesson.inside.take-out' });
  },
  get nothingOut(): string {
    return msg('nothing', { id: 'lesson.inside.nothing-out' });
  },
  get notLoaded(): string {
    return msg('The pictures of the inside could not be loaded.', { id: 'lesson.inside.not-loaded' });
  },
};
