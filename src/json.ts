/** JSON from outside: how long and how deeply nested it may be is asked before it is read. */
import { firstProblem } from './attribute-words.ts';
import { type Problem, SchemaError } from './problems.ts';

/** Brackets within brackets; nothing of ours has half as many. */
export const MOST_DEPTH = 32;

/** Keys that lead to what all objects share. */
export const RESERVED: readonly string[] = ['__proto__', 'constructor', 'prototype'];

export interface JsonBounds {
  /** UTF-16 units */
  characters: number;
  depth?: number;
}

/**
 * @param name the key or the file that a message begins with
 * @throws SchemaError that says what is wrong
 */
export function readJSON(
  text: string,
  name: string,
  { characters, depth = MOST_DEPTH }: JsonBounds,
): unknown {
  const plain = text.replace(/^\uFEFF/, '');
  const wrong = ((): Problem | undefined => {
    if (text.length > characters) return firstProblem(name, 'long-json', [text.length, characters]);
    return isDeeper(plain, depth) ? firstProblem(name, 'deep-json', [depth]) : undefined;
  })();
  if (wrong) throw new SchemaError([wrong]);
  try {
    return JSON.parse(plain) as unknown;
  } catch {
    throw new SchemaError([firstProblem(name, 'not-json', [])]);
  }
}

/** Whether brackets outside of texts are nested deeper than that. */
function isDeeper(text: string, most: number): boolean {
  let depth = 0;
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    const sign = text[i];
    if (quoted) {
      if (sign === '\\') i++;
      else if (sign === '"') quoted = false;
    } else if (sign === '"') quoted = true;
    else if (sign === '[' || sign === '{') {
      if (++depth > most) return true;
    } else if (sign === ']' || sign === '}') depth--;
  }
  return false;
}

/**
 * Whether a value that is no text any more, from a message or a database, is small enough to be looked at: lengths of
 * lists are added up before their items are met, so that neither a list of nothing nor a circle takes long.
 */
export function isWithin(value: unknown, { depth, entries }: { depth: number; entries: number }): boolean {
  let left = entries;
  let level: unknown[] = [value];
  for (let i = 0; i <= depth && level.length; i++) {
    const next: unknown[] = [];
    for (const item of level) {
      if (typeof item !== 'object' || item === null || ArrayBuffer.isView(item)) continue;
      const inner = Array.isArray(item) ? (item as unknown[]) : undefined;
      if (inner && inner.length > left) return false;
      const values: unknown[] = inner ?? Object.values(item);
      left -= values.length;
      if (left < 0) return false;
      for (const each of values) if (typeof each === 'object' && each !== null) next.push(each);
    }
    level = next;
  }
  return level.length === 0;
}
