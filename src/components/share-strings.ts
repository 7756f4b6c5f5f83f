/** What the dialog with the share link says. */
import { msg, str } from '../msg.ts';

export const strings = {
  get share(): string {
    return msg('Share', { id: 'share.share' });
  },
  get title(): string {
    return msg('A link to what you see', { id: 'share.title' });
  },
  get what(): string {
    return msg(
      'It carries the settings, the seed, your prediction and the main results, so that others can repeat the run. Nothing is uploaded: all of it stands in the address itself.',
      { id: 'share.what' },
    );
  },
  get link(): string {
    return msg('Link', { id: 'share.link' });
  },
  get copy(): string {
    return msg('Copy', { id: 'share.copy' });
  },
  get copied(): string {
    return msg('Copied.', { id: 'share.copied' });
  },
  get selected(): string {
    return msg('The link is selected: copy it with the keyboard or the menu.', { id: 'share.selected' });
  },
  get close(): string {
    return msg('Close', { id: 'share.close' });
  },
  failed: (message: string): string => msg(str`No link could be made: ${message}`, { id: 'share.failed' }),
};
