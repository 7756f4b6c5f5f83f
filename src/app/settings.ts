/** What a visitor has chosen about the page's looks; kept in the browser where that is allowed. */
export type Theme = 'system' | 'light' | 'dark';

export interface Settings {
  theme: Theme;
  projector: boolean;
}

const KEY = 'scaling-lab settings';
const THEMES: readonly Theme[] = ['system', 'light', 'dark'];

/** Anything that is missing or malformed falls back. */
export function loadSettings(): Settings {
  try {
    const stored = JSON.parse(localStorage.getItem(KEY) ?? '{}') as Partial<Record<keyof Settings, unknown>>;
    const theme = THEMES.find((candidate) => candidate === stored.theme) ?? 'system';
    return { theme, projector: stored.projector === true };
  } catch {
    return { theme: 'system', projector: false };
  }
}

export function saveSettings(settings: Settings): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(settings));
  } catch {
    // Private windows may refuse; the choice then lasts as long as the page.
  }
}

/** Tells the style sheet. */
export function applySettings({ theme, projector }: Settings): void {
  const root = document.documentElement;
  if (theme === 'system') delete root.dataset.theme;
  else root.dataset.theme = theme;
  root.toggleAttribute('data-projector', projector);
}

export const nextTheme = (theme: Theme): Theme => THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length]!;
