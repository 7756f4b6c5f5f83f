/** Values from outside as messages quote them: short, in one line, whatever they are. Nothing here throws. */

/** Characters of a quoted value or key, and how deep and how wide a list or an object is shown. */
const MOST = 60;
const DEPTH = 3;
const WIDTH = 12;

/** As JSON, save for what JSON does not know (NaN, Infinity, undefined, functions), cut off at `most` characters. */
export function show(value: unknown, most = MOST): string {
  return shorten(written(value, DEPTH), most);
}

/**
 * A setting in a person's words: a list by its items, what is neither word, number nor flag as JSON. From outside it may be anything
 * that JSON holds, and an object's own `toString` is not asked.
 */
export function showSetting(value: unknown, between = '·'): string {
  const shown = (item: unknown): string =>
    typeof item === 'object' ? JSON.stringify(item) : `${item as number}`;
  return Array.isArray(value) ? value.map(shown).join(between) : shown(value);
}

/** A key, or keys joined by dots: quoted where it is empty or has other signs than words have. */
export function showKey(key: unknown): string {
  const text = String(key);
  return /^[\p{L}\p{N}_.-]{1,60}$/u.test(text) ? text : show(text);
}

/** At most `most` UTF-16 units of a text; a sign that several units make up, such as an emoji, is never cut in half. */
export function cut(text: string, most: number): string {
  if (text.length <= most) return text;
  // Whether a sign ends here depends on a few units before and behind.
  const from = Math.max(0, most - 64);
  let end = /[\uD800-\uDBFF]/.test(text.charAt(most - 1)) ? most - 1 : most;
  if ('Segmenter' in Intl) {
    const near = text.slice(from, most + 64);
    const starts = Array.from(new Intl.Segmenter().segment(near), ({ index }) => from + index);
    end = starts.findLast((start) => start > from && start <= most) ?? end;
  }
  return text.slice(0, Math.max(0, end));
}

const shorten = (text: string, most: number): string =>
  text.length > most ? `${cut(text, most - 1)}…` : text;

function written(value: unknown, depth: number): string {
  switch (typeof value) {
    case 'string':
      return JSON.stringify(cut(value, MOST + 1));
    case 'object':
      return value === null ? 'null' : container(value, depth);
    case 'function':
    case 'symbol':
      return `a ${typeof value}`;
    default:
      return String(value);
  }
}

function container(value: object, depth: number): string {
  const isList = Array.isArray(value);
  // By their places: a list from outside may call a `constructor` or a `slice` its own.
  const keys = isList ? placesOf(value) : Object.keys(value);
  const rest = (isList ? value.length : keys.length) > WIDTH ? ['…'] : [];
  const parts = keys.slice(0, WIDTH).map((key) => {
    const inner = depth > 1 ? written((value as Record<string, unknown>)[key], depth - 1) : '…';
    return isList ? inner : `${JSON.stringify(cut(key, MOST))}:${inner}`;
  });
  const all = [...parts, ...rest].join(',');
  return isList ? `[${all}]` : `{${all}}`;
}

/** The first places of a list that hold something. */
const placesOf = (list: unknown[]): string[] =>
  Array.from({ length: Math.min(list.length, WIDTH) }, (_, i) => String(i)).filter((place) =>
    Object.hasOwn(list, place),
  );
