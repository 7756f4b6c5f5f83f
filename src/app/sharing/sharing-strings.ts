/** What the page says about the link that it was opened with. */
import { msg, str } from '../../msg.ts';

export const strings = {
  get refused(): string {
    return msg('The link could not be used. You see the page as it usually begins.', {
      id: 'sharing.refused',
    });
  },
  opened: (device: string): string =>
    msg(str`Opened from a link: settings and seed are those of the run on ${device}.`, {
      id: 'sharing.opened',
    }),
  get openedPlain(): string {
    return msg('Opened from a link, with its settings.', {
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
  much: (what: string, time: string): string =>
    msg(
      str`This link asks your device for a lot: ${what}, roughly ${time} here. Nothing of it is opened until you agree.`,
      { id: 'sharing.much' },
    ),
  get agree(): string {
    return msg('Open it all the same', { id: 'sharing.agree' });
  },
  amounts: {
    step: (amount: string): string => msg(str`${amount}FLOP in one step`, { id: 'sharing.much.step' }),
    evaluation: (amount: string): string =>
      msg(str`${amount}FLOP in one evaluation`, { id: 'sharing.much.evaluation' }),
    all: (amount: string): string => msg(str`${amount}FLOP in all`, { id: 'sharing.much.all' }),
    kept: (amount: string): string => msg(str`${amount} numbers to keep`, { id: 'sharing.much.kept' }),
    examples: (amount: string): string =>
      msg(str`${amount} numbers of examples`, { id: 'sharing.much.examples' }),
    bytes: (amount: string): string => msg(str`${amount}B of GPU memory`, { id: 'sharing.much.bytes' }),
    kernels: (amount: string): string =>
      msg(str`${amount} kernels to compile`, { id: 'sharing.much.kernels' }),
  },
};
