/** What is said around source texts. */
import { msg, str } from '../msg.ts';

export const strings = {
  get copy(): string {
    return msg('Copy', { id: 'code.copy' });
  },
  get copied(): string {
    return msg('Copied.', { id: 'code.copied' });
  },
  get selected(): string {
    return msg('The text is selected: copy it with the keyboard or the menu.', { id: 'code.selected' });
  },
  source: (title: string): string => msg(str`Source: ${title}`, { id: 'code.source' }),
  lines: (count: number): string => msg(str`${count} lines`, { id: 'code.lines' }),
};
