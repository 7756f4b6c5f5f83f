/** What the page says about its versions. */
import { msg } from '../../msg.ts';

export const strings = {
  get title(): string {
    return msg('New version', { id: 'offline.title' });
  },
  get text(): string {
    return msg(
      'A new version of this page is ready. It comes with the next reload; a run under way would stop then.',
      {
        id: 'offline.text',
      },
    );
  },
  get now(): string {
    return msg('Reload now', { id: 'offline.now' });
  },
  get later(): string {
    return msg('Later', { id: 'offline.later' });
  },
};
