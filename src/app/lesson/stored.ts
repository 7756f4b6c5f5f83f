/** One value for each lesson, kept in the browser where that is allowed. */

/** Whatever is stored; it may be anything. */
export function loadStored(key: string, lesson: string): unknown {
  return all(key)[lesson];
}

/** @param value undefined removes it */
export function saveStored(key: string, lesson: string, value: unknown): void {
  const { [lesson]: _before, ...others } = all(key);
  try {
    localStorage.setItem(key, JSON.stringify(value === undefined ? others : { ...others, [lesson]: value }));
  } catch {
    // Private windows may refuse; it then lasts as long as the page.
  }
}

function all(key: string): Record<string, unknown> {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(key) ?? '{}');
    return typeof stored === 'object' && stored !== null ? (stored as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
