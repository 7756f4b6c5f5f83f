/** What stands around the pictures of the inside. */
import { msg, str } from '../../msg.ts';

export const strings = {
  get pictures(): string {
    return msg('Inside', { id: 'c.inside.pictures' });
  },
  get play(): string {
    return msg('Play', { id: 'c.inside.play' });
  },
  get pause(): string {
    return msg('Pause', { id: 'c.inside.pause' });
  },
  get untrained(): string {
    return msg('What it looks like where nothing was learned', { id: 'c.inside.untrained' });
  },
  get empty(): string {
    return msg('Nothing to see yet.', { id: 'c.inside.empty' });
  },
  at: (place: string, value: string): string => msg(str`${place} ${value}`, { id: 'c.inside.at' }),
  of: (place: string, value: string, end: string): string =>
    msg(str`${place} ${value} of ${end}`, { id: 'c.inside.of' }),
  /** for those who do not see the picture: its panel, its place, and what is read there */
  reading: (panel: string, label: string, value: string): string =>
    msg(str`${panel}: ${label} ${value}`, { id: 'c.inside.reading' }),
  get ask(): string {
    return msg('A question to the model', { id: 'c.inside.ask' });
  },
  askAt: (place: string): string => msg(str`Ask it, at ${place}:`, { id: 'c.inside.ask-at' }),
  number: (index: number): string => msg(str`number ${index}`, { id: 'c.inside.number' }),
  rightIs: (right: string, share: string): string =>
    msg(str`· right: ${right} (${share})`, { id: 'c.inside.right-is' }),
  jump: (place: string): string => msg(str`Go to ${place}`, { id: 'c.inside.jump' }),
};
