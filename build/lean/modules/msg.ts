/**
 * Stands in for src/msg.ts and src/str.ts in figures: one module, which words of other languages load, too. Of two, the bundler would
 * make one more file that every page waits for.
 */
import * as localize from '@lit/localize';

export const str = /* @__PURE__ */ ((): typeof localize.str => localize.str)();

export const msg = (text: string | ReturnType<typeof str>, options: { id: string }): string =>
  localize.msg(text as string, options);
