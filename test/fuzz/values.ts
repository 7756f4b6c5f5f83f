/** What fuzzers make their inputs of: hostile values, and valid ones with something changed. */
import type { Random } from '../../src/random.ts';

export const pick = <T>(random: Random, items: readonly T[]): T => items[random.integer(items.length)]!;

const KEYS = [
  '__proto__', 'constructor', 'prototype', 'hasOwnProperty', 'toString', 'length', '', ' ', '0', '-1', 'ключ',
  '模型', '😀', 'a.b', 'model.hidden.length', 'hasOwnProperty.call', 'x'.repeat(5000), 'line\nbreak', 'name',
  'kind', 'steps', 'seed', 'compute', 'then', 'toJSON', '\u0000', '\u202e', '__defineGetter__',
]; // prettier-ignore

/** What lists are asked for, which a message may hold as their own. */
const METHODS = [
  'constructor',
  'map',
  'slice',
  'filter',
  'every',
  'some',
  'forEach',
  'flatMap',
  'join',
  'includes',
  'with',
  'entries',
  'at',
];

const NUMBERS = [
  0, -0, 1, -1, 2, 0.5, 1e-8, 5e-324, 1e-310, 1e37, 1e300, 1.7e308, -1.7e308, 2 ** 31, 2 ** 32 - 1, 2 ** 32,
  2 ** 53, 4294967295.5, NaN, Infinity, -Infinity, 1e9, 16777216, 65536,
]; // prettier-ignore

const TEXTS = [
  '', ' ', 'shapes', 'adamw', 'null', 'NaN', '1e9', '=1+1', '<img src=x onerror=alert(1)>', '${x}', '../../etc',
  'javascript:alert(1)', '\uFEFF', '\uD800', '😀'.repeat(50), 'a'.repeat(30_000), '((((((((a+)+)+)+)+)+)+)+)!',
  '%00', '\n\n', '9'.repeat(400), 'constructor',
]; // prettier-ignore

/** Anything at all that JSON can hold, and numbers that it cannot. */
export function hostile(random: Random): unknown {
  switch (random.integer(15)) {
    case 0:
    case 1:
    case 2:
      return pick(random, NUMBERS);
    case 3:
    case 4:
      return pick(random, TEXTS);
    case 5:
      return pick(random, [null, true, false, [], {}, [[]], [null], undefined]);
    case 6:
      return nested(random, pick(random, [3, 20, 40, 9000]));
    case 7:
      return Array.from({ length: pick(random, [2, 60, 1100, 20_000]) }, () => 1);
    case 8:
      return sparse(pick(random, [10, 4294967295]));
    case 9:
      return Object.fromEntries(
        Array.from({ length: pick(random, [1, 5, 300]) }, (_, i) => [`${pick(random, KEYS)}${i || ''}`, i]),
      );
    case 10:
      return owned(pick(random, KEYS), pick(random, NUMBERS));
    case 11:
      return Object.assign([1, 'x'], { [pick(random, METHODS)]: pick(random, [0, null, {}]) });
    case 12:
      return unspeakable(random);
    case 13:
      return [pick(random, [1, 'x', [1]]), unspeakable(random)];
    default:
      return { length: pick(random, NUMBERS), 0: 'x' };
  }
}

/** What cannot be made a text or a number of, alone or in lists. */
function unspeakable(random: Random): unknown {
  const value = owned(
    pick(random, ['toString', 'valueOf', 'toJSON', 'join']),
    pick(random, [1, null, 'x', {}]),
  );
  return pick(random, [value, [value], [[value]], { name: value }, Object.assign({ toString: 1 }, value)]);
}

function nested(random: Random, depth: number): unknown {
  let value: unknown = pick(random, NUMBERS);
  const isList = random.integer(2) === 0;
  for (let i = 0; i < depth; i++) value = isList ? [value] : { a: value };
  return value;
}

function sparse(length: number): unknown[] {
  const list: unknown[] = [];
  list.length = length;
  return list;
}

/** An object with that key of its own, `__proto__` included. */
function owned(key: string, value: unknown): object {
  return Object.defineProperty({}, key, { value, enumerable: true, writable: true, configurable: true });
}

/** A copy with a few things changed somewhere in it: replaced, taken away, added, doubled. */
export function mutated(value: unknown, random: Random): unknown {
  const copy: unknown = structuredClone(value);
  let result = copy;
  for (let i = 1 + random.integer(3); i > 0; i--) result = changedOnce(result, random);
  return result;
}

function changedOnce(root: unknown, random: Random): unknown {
  let place = root;
  for (;;) {
    if (typeof place !== 'object' || place === null) return hostile(random);
    const keys = Object.keys(place);
    const key = keys.length ? pick(random, keys) : pick(random, KEYS);
    const inner = Object.getOwnPropertyDescriptor(place, key)?.value as unknown;
    if (typeof inner === 'object' && inner !== null && random.integer(3) > 0) {
      place = inner;
      continue;
    }
    const target: object = place;
    const put = (at: string, value: unknown): void => {
      if (at === 'length' && Array.isArray(target)) return;
      Reflect.defineProperty(target, at, { value, enumerable: true, writable: true, configurable: true });
    };
    const action = random.integer(5);
    if (action === 0) Reflect.deleteProperty(place, key);
    else if (action === 1 && !Array.isArray(place)) put(pick(random, KEYS), hostile(random));
    else if (action === 2 && typeof inner === 'number') put(key, inner * pick(random, [-1, 0.5, 10, 1e10]));
    else put(key, hostile(random));
    return root;
  }
}

/** Text with something lost, added or changed on the way. */
export function damaged(text: string, random: Random): string {
  const at = random.integer(text.length + 1);
  switch (random.integer(5)) {
    case 0:
      return text.slice(0, at);
    case 1:
      return text.slice(0, at) + pick(random, Array.from('[]{}",:\\%=&?#.)\uFEFF\n ')) + text.slice(at);
    case 2:
      return text.slice(0, at) + text.slice(at + 1 + random.integer(8));
    case 3:
      return text.slice(at) + text.slice(0, at);
    default:
      return text.slice(0, at) + pick(random, TEXTS) + text.slice(at);
  }
}

/** A choice of what `valid` makes: as it is, mutated, or something else altogether. */
export function input(random: Random, valid: (random: Random) => unknown): unknown {
  const share = random.uniform();
  if (share < 0.4) return valid(random);
  return share < 0.9 ? mutated(valid(random), random) : hostile(random);
}

/** As JSON; lists too long to be written are left empty, and what is nested too deep is brackets. */
export function textOf(value: unknown): string {
  const short = (_key: string, item: unknown): unknown =>
    Array.isArray(item) && item.length > 1e6 ? [] : item;
  try {
    return JSON.stringify(value ?? null, short);
  } catch {
    return '['.repeat(9000);
  }
}
