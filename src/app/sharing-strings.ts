/** What the page says about the link that it was opened with. */
import { msg, str } from '@lit/localize';

export const strings = {
  get refused(): string {
    return msg('The link could not be used. You see the page as it usually begins.', {
      id: 'sharing.refused',
    });
  },
  opened: (device: string): string =>
    msg(str`Opened from a link: settings, seed and prediction are those of the run on ${device}.`, {
      id: 'sharing.opened',
    }),
  get openedPlain(): string {
    return msg('Opened from a link: settings, seed and prediction are those that were shared.', {
      id: 'sharing.opened-plain',
    });
  },
  get same(): string {
    return msg('The same bits: your run gives exactly the losses of the one that was shared.', {
      id: 'sharing.same',
    });
  },
  other: (theirs: string, yours: string): string =>
    msg(
      str`Other bits than in the run that was shared: it was made on ${theirs}, yours on ${yours}. Another GPU rounds differently; the last digits differ, what it shows should not.`,
      { id: 'sharing.other' },
    ),
  get otherHere(): string {
    return msg(
      'Other bits than in the run that was shared, although the device has the same name: a driver or browser of another version rounds differently.',
      { id: 'sharing.other-here' },
    );
  },
  get changed(): string {
    return msg('You have changed the settings of the shared run, so the two are not compared.', {
      id: 'sharing.changed',
    });
  },
};
