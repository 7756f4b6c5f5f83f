/** Paths into a spec, such as `model.width`: what sweeps and the command line change. */
import { SchemaError } from '../schema.ts';

/**
 * Puts a value at a path of dot-separated keys; objects on the way are made where they are missing.
 * @throws SchemaError when the path leads through something that is no object
 */
export function setPath(target: Record<string, unknown>, path: string, value: unknown): void {
  const keys = path.split('.');
  if (keys.some((key) => ['', '__proto__', 'constructor', 'prototype'].includes(key))) {
    throw new SchemaError(`${path}: is no path of a spec; write for example model.width`);
  }
  const last = keys.pop()!;
  let place = target;
  for (const key of keys) {
    const next = Object.hasOwn(place, key) ? place[key] : undefined;
    if (next !== undefined && (typeof next !== 'object' || next === null)) {
      throw new SchemaError(`${path}: ${key} is ${JSON.stringify(next)}, not an object`);
    }
    place = (place[key] = next ?? {}) as Record<string, unknown>;
  }
  place[last] = value;
}
