/** A spec as a person would write it: what follows from the rest is left out. */
import { isPath, setPath, valuesByPath } from '../path.ts';
import { SchemaError } from '../schema.ts';
import { parseSpec, type RunSpec } from '../training/spec/spec.ts';

/** Values by path, from which `parseSpec` makes the same spec. */
export function writtenSpec(spec: RunSpec): Record<string, unknown> {
  let kept = Object.entries(valuesByPath(spec)).filter(([path]) => isPath(path));
  const wanted = JSON.stringify(spec);
  // From the last on: what a name brings with it goes before the name.
  for (const entry of kept.toReversed()) {
    const without = kept.filter((other) => other !== entry);
    if (JSON.stringify(specFrom(without)) === wanted) kept = without;
  }
  return Object.fromEntries(kept);
}

function specFrom(values: readonly (readonly [string, unknown])[]): RunSpec | undefined {
  try {
    return parseSpec(
      values.reduce<Record<string, unknown>>((spec, [path, value]) => setPath(spec, path, value), {}),
    );
  } catch (error) {
    if (error instanceof SchemaError) return undefined;
    throw error;
  }
}
