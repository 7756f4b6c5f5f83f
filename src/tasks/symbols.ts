/** Symbols for token ids: 64 signs, the commonest letters first, so that generated text looks like text. */
const SYMBOLS = '_etaoinshrdlcumwfgypbvkjxqzETAOINSHRDLCUMWFGYPBVKJXQZ0123456789.';

/** The symbol of id 0..63; other ids are shown as numbers in angle brackets. */
export function symbol(id: number): string {
  return SYMBOLS[id] ?? `⟨${id}⟩`;
}
