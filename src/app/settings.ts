/** What a visitor has chosen about the page's looks, and how far they have come; kept in the browser where that is allowed. */
import { type Wanted, wantedIn } from '../devices/choice.ts';
import { type Language, LANGUAGES, preferred } from './language.ts';
import { type Progress, STATES } from './progress.ts';

export type Theme = 'system' | 'light' | 'dark';

export interface Settings {
  theme: Theme;
  projector: boolean;
  language: Language;
  /** what is trained on, as far as there is a choice */
  device: Wanted;
  /** by lesson */
  progress: Readonly<Record<string, Progress>>;
}

const KEY = 'scaling-lab settings';
const THEMES: readonly Theme[] = ['system', 'light', 'dark'];

/** Anything that is missing or malformed falls back. */
export function loadSettings(): Settings {
  const stored = read();
  return {
    theme: THEMES.find((candidate) => candidate === stored.theme) ?? 'system',
    projector: stored.projector === true,
    language: LANGUAGES.find((candidate) => candidate === stored.language) ?? preferred(navigator.languages),
    device: wantedIn(typeof stored.device === 'string' ? stored.device : undefined) ?? 'auto',
    progress: progressIn(stored.progress),
  };
}

export function saveSettings(settings: Settings): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(settings));
  } catch {
    // Private windows may refuse; the choice then lasts as long as the page.
  }
}

/** The settings with how far other tabs have come meanwhile. */
export function withStored(settings: Settings): Settings {
  return Object.entries(loadSettings().progress).reduce(
    (all, [lesson, progress]) => withProgress(all, lesson, progress),
    settings,
  );
}

/** Tells the style sheet. */
export function applySettings({ theme, projector }: Settings): void {
  const root = document.documentElement;
  if (theme === 'system') delete root.dataset.theme;
  else root.dataset.theme = theme;
  root.toggleAttribute('data-projector', projector);
}

export const nextTheme = (theme: Theme): Theme => THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length]!;

/** The settings with a lesson taken this far; nobody goes back. */
export function withProgress(settings: Settings, lesson: string, progress: Progress): Settings {
  const before = settings.progress[lesson];
  if (before && STATES.indexOf(before) >= STATES.indexOf(progress)) return settings;
  return { ...settings, progress: { ...settings.progress, [lesson]: progress } };
}

function read(): Partial<Record<keyof Settings, unknown>> {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(KEY) ?? '{}');
    return typeof stored === 'object' && stored !== null ? stored : {};
  } catch {
    return {};
  }
}

function progressIn(stored: unknown): Settings['progress'] {
  if (typeof stored !== 'object' || stored === null) return {};
  return Object.fromEntries(
    Object.entries(stored).flatMap(([lesson, value]) => {
      const progress = STATES.find((state) => state === value);
      return progress ? [[lesson, progress]] : [];
    }),
  );
}
