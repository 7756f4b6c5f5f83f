/** What the teacher's page says around its text. */
import { msg } from '../../msg.ts';
export const strings = {
  get print(): string {
    return msg('Print this page', { id: 'teacher.print' });
  },
  get contents(): string {
    return msg('On this page', { id: 'teacher.contents' });
  },
};
