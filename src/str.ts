import * as localize from '@lit/localize';

/** A message with values in it. Pages and figures load it with `msg`, and the words of other languages find it there. */
export const str = /* @__PURE__ */ ((): typeof localize.str => localize.str)();
