/** What large numbers are called: powers of ten and their words, rising. */
import { msg } from '../msg.ts';
export const numbers = {
  get inSentences(): string {
    return msg('6 million, 9 billion, 12 trillion', { id: 'number.in-sentences' });
  },
  get atAxes(): string {
    return msg('3 k, 6 M', { id: 'number.at-axes' });
  },
};
