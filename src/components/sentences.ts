/** Sentences one after the other, without those that are empty. A Chinese full stop brings its own space. */
export const sentences = (...said: readonly string[]): string =>
  said.filter(Boolean).join(' ').replace(/。 /g, '。');
