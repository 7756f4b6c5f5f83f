/** Where two specs differ, and how that is said. */

/** A place at which two specs differ. */
export interface Difference {
  /** such as `model.hidden` */
  path: string;
  given: unknown;
  wanted: unknown;
}

/** Where two complete specs, or parts of them, differ; the order of their keys does not matter. */
export function differences(given: unknown, wanted: unknown, path = ''): Difference[] {
  if (isObject(given) && isObject(wanted)) {
    const keys = new Set([...Object.keys(wanted), ...Object.keys(given)]);
    return [...keys].flatMap((key) =>
      differences(own(given, key), own(wanted, key), path ? `${path}.${key}` : key),
    );
  }
  return JSON.stringify(given) === JSON.stringify(wanted) ? [] : [{ path, given, wanted }];
}

/** `model.hidden is [64], not [32]; seed is 2, not 1`: the first few, shortened. */
export function describeDifferences(all: readonly Difference[]): string {
  const some = all
    .slice(0, 3)
    .map(({ path, given, wanted }) => `${path} is ${shown(given, 'missing')}, not ${shown(wanted, 'none')}`)
    .join('; ');
  return all.length > 3 ? `${some}; and ${all.length - 3} more` : some;
}

/** @param absent what is said where there is no value */
function shown(value: unknown, absent: string): string {
  const text = value === undefined ? absent : JSON.stringify(value);
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function own(value: Record<string, unknown>, key: string): unknown {
  return Object.hasOwn(value, key) ? value[key] : undefined;
}
