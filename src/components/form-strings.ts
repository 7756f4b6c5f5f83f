/** What forms say. */
import { msg, str } from '../msg.ts';

export const strings = {
  get further(): string {
    return msg('More options', { id: 'form.further' });
  },
  furtherChanged: (count: number): string =>
    msg(str`More options, ${count} changed`, { id: 'form.further-changed' }),
  range: (min: string, max: string): string => msg(str`From ${min} to ${max}.`, { id: 'form.range' }),
  usually: (value: string): string => msg(str`Usually ${value}.`, { id: 'form.usually' }),
  get list(): string {
    return msg('Numbers, separated by commas.', { id: 'form.list' });
  },
};
