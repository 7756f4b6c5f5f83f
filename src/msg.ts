/** What the page and its components say. A message whose id has no translation (src/locales) does not compile. */
import * as localize from '@lit/localize';
import { str } from './str.ts';
import type { templates } from './locales/zh.ts';

export type MessageId = keyof typeof templates;

export { str };

/** Asks the library each time: it puts another function in the place of its own when the languages are configured. */
export const msg = (text: string | ReturnType<typeof str>, options: { id: MessageId }): string =>
  localize.msg(text as string, options);
