/** What pages say around the table of kept runs. */
import { msg, str } from '@lit/localize';

export const strings = {
  others: (count: number): string =>
    msg(str`Runs of other lessons on these axes (${count})`, { id: 'kept.others' }),
  other: (lesson: string, name: string, device: string): string =>
    msg(str`${lesson}: ${name}, ${device}`, { id: 'kept.other' }),
  get measured(): string {
    return msg('measured', { id: 'kept.measured' });
  },
  get fleeting(): string {
    return msg(
      'This browser could not keep every run: the newest last only as long as this page. Save them as a file to have them later.',
      { id: 'kept.fleeting' },
    );
  },
  run: (size: string): string => msg(str`Run, ${size}`, { id: 'kept.run' }),
};
