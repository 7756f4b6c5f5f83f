/** What the page and its components say. A message whose id has no translation (src/locales) does not compile. */
import * as localize from '@lit/localize';
import type { templates } from './locales/zh.ts';

export type MessageId = keyof typeof templates;

/** A message with values in it. Of this module, so that figures find it in the script that they have. */
export const str = /* @__PURE__ */ ((): typeof localize.str => localize.str)();

/** Asks the library each time: it puts another function in the place of its own when the languages are configured. */
export const msg = (text: string | ReturnType<typeof str>, options: { id: MessageId }): string =>
  localize.msg(text as string, options);
