/** What a member has said and the server has not confirmed, kept in the browser for a page that is closed meanwhile. */
const KEY = 'scaling-lab unsent';

type Unsent = Record<string, string | boolean>;

export function loadUnsent(code: string): Unsent {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(KEY) ?? 'null');
    const { code: of, said } = (stored ?? {}) as { code?: unknown; said?: unknown };
    if (of !== code || typeof said !== 'object' || said === null) return {};
    const kept: Unsent = {};
    for (const [key, value] of Object.entries(said) as [string, unknown][])
      if (typeof value === 'string' || typeof value === 'boolean') kept[key] = value;
    return kept;
  } catch {
    return {};
  }
}

export function saveUnsent(code: string, said: Unsent): void {
  try {
    if (Object.keys(said).length) localStorage.setItem(KEY, JSON.stringify({ code, said }));
    else localStorage.removeItem(KEY);
  } catch {
    // Private windows may refuse: it then lasts as long as the page.
  }
}
