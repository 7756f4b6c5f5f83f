/** What is said of a worker that does not answer. */
import { msg, str } from '../../msg.ts';
import { whole } from '../../components/format.ts';

export const strings = {
  silent: (seconds: number): string =>
    msg(str`No answer from the part of the page that trains for ${seconds} s. It may be busy, or hang.`, {
      id: 'experiment.silent',
    }),
  endAt: (step: number): string =>
    msg(str`End it and go on from step ${whole(step)}`, { id: 'experiment.end-at' }),
  get end(): string {
    return msg('End it and start again from what is kept', { id: 'experiment.end' });
  },
  get silentTitle(): string {
    return msg('No answer', { id: 'experiment.silent-title' });
  },
};
