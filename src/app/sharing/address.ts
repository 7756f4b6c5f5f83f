/**
 * Reads the part of an address after `#`: the page, and its parameters. Messengers and mail programs add characters to
 * links and percent-encode others; what can only have come from them is removed.
 */

export interface Address {
  /** as in `lesson/mirage`, lower case; empty for the first page */
  page: string;
  /** what follows the `?` */
  words: URLSearchParams;
}

/** Longest address that is looked at; what a link may say is bounded further in state/link.ts. */
const MOST_CHARACTERS = 65_536;

/** White space and invisible characters that line breaks and copying leave in a link. */
const UNSEEN = /[\s\p{Cf}]+/gu;
/** Punctuation of a sentence that ends with a link. */
const AT_THE_END = new Set('.,;:!?)]}>\'"*…“”’«»。，；：！？、）》」』】=');

export function readAddress(hash: string): Address {
  let text = hash.slice(0, MOST_CHARACTERS).replace(/^(#|%23)+!?/i, '');
  // An encoded `?` or `/` means that a program has encoded the whole address; some do it twice.
  for (let times = 0; times < 3 && /^[^?]*%(25)*(3f|2f)/i.test(text); times++) text = decoded(text);
  if (!text.includes('?')) text = text.replace('？', '?');
  const at = text.indexOf('?');
  const path = withoutEnd(decoded(at < 0 ? text : text.slice(0, at)).replace(UNSEEN, ''));
  const page = path.split('/').filter(Boolean).join('/').toLowerCase();
  return {
    page,
    words: trimmedWords(new URLSearchParams(at < 0 ? '' : text.slice(at + 1).replaceAll('&amp;', '&'))),
  };
}

/** Only a JSON value may end in a bracket. */
function trimmedWords(words: URLSearchParams): URLSearchParams {
  const trimmed = new URLSearchParams();
  for (const [name, value] of words) {
    const isJSON = /^\s*[{[]/.test(value);
    const end = 1 + Math.max(value.lastIndexOf('}'), value.lastIndexOf(']'));
    const clean = isJSON ? value.slice(0, end || undefined) : withoutEnd(value.replace(UNSEEN, ''));
    trimmed.append(name.replace(UNSEEN, '').toLowerCase(), clean);
  }
  return trimmed;
}

/** A text without punctuation at its end. A loop, since a regular expression would take quadratic time here. */
function withoutEnd(text: string): string {
  let end = text.length;
  while (end > 0 && AT_THE_END.has(text[end - 1]!)) end--;
  return text.slice(0, end);
}

/** The decoded text; the text itself where it cannot be decoded. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Parameters that search engines and messengers add to track visitors. */
const TRACKERS = /^(utm_.*|fbclid|gclid|dclid|msclkid|igshid|twclid|mc_[ce]id|_hs\w+)$/i;

/** The query of an address without such parameters. */
export function withoutTrackers(search: string): string {
  const words = new URLSearchParams(search);
  const theirs = [...words.keys()].filter((name) => TRACKERS.test(name));
  if (!theirs.length) return search;
  for (const name of theirs) words.delete(name);
  return words.size ? `?${words.toString()}` : '';
}
