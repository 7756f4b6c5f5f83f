/** What a visitor has chosen about the page's looks, and how far they have come; kept in the browser where that is allowed. */
import { type Wanted, wantedIn } from '../../devices/choice.ts';
import { type Cores, coresIn } from '../../devices/cores.ts';
import { type Language, LANGUAGES } from '../../languages.ts';
import { preferred } from '../../locales/language.ts';
import { type Progress, STATES } from './progress.ts';
import { ownLanguage } from './site.ts';

export type Theme = 'system' | 'light' | 'dark';

export interface Settings {
  theme: Theme;
  projector: boolean;
  language: Language;
  /** the device that the visitor wants to train on */
  device: Wanted;
  /** on how many cores the processor trains */
  cores: Cores;
  /** by lesson */
  progress: Readonly<Record<string, Progress>>;
}

const KEY = 'scaling-lab settings';
const THEMES: readonly Theme[] = ['system', 'light', 'dark'];

/** Settings that are missing or malformed have their defaults. */
export function loadSettings(): Settings {
  const stored = read();
  return {
    theme: THEMES.find((candidate) => candidate === stored.theme) ?? 'system',
    projector: stored.projector === true,
    language:
      ownLanguage() ??
      LANGUAGES.find((candidate) => candidate === stored.language) ??
      preferred(navigator.languages),
    device: wantedIn(typeof stored.device === 'string' ? stored.device : undefined) ?? 'auto',
    cores: coresIn(stored.cores) ?? 'many',
    progress: progressIn(stored.progress),
  };
}

/** The visitor has chosen something here before. */
export const hasSettings = (): boolean => Object.keys(read()).length > 0;

export function saveSettings(settings: Settings): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(settings));
  } catch {
    // Private windows may refuse; the choice then lasts as long as the page.
  }
}

/** The settings with the progress that other tabs have stored meanwhile. */
export function withStored(settings: Settings): Settings {
  return Object.entries(loadSettings().progress).reduce(
    (all, [lesson, progress]) => withProgress(all, lesson, progress),
    settings,
  );
}

/** Applies theme and projector mode to the document. */
export function applySettings({ theme, projector }: Settings): void {
  const root = document.documentElement;
  if (theme === 'system') delete root.dataset.theme;
  else root.dataset.theme = theme;
  root.toggleAttribute('data-projector', projector);
}

export const nextTheme = (theme: Theme): Theme => THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length]!;

/** The settings with a lesson's progress raised to this state; it is never lowered. */
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
