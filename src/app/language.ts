/** The language of the page: English in the sources, others loaded when they are first needed. */
import { configureLocalization } from '@lit/localize';

export const LANGUAGES = ['en', 'zh'] as const;
export type Language = (typeof LANGUAGES)[number];

/** How each language calls itself, and its code in `<html lang>`. */
export const NAMES: Record<Language, string> = { en: 'English', zh: '中文' };
const CODES: Record<Language, string> = { en: 'en', zh: 'zh-Hans' };

const { getLocale, setLocale } = configureLocalization({
  sourceLocale: 'en',
  targetLocales: ['zh'],
  loadLocale: () => import('./locales/zh.ts'),
});

export const language = (): Language => getLocale() as Language;

/** Resolves when the page can be shown in it. @throws Error when its texts could not be loaded; they may be asked for again */
export async function speak(language: Language): Promise<void> {
  try {
    await setLocale(language);
  } catch (error) {
    // Otherwise the library keeps the failure, and would answer with it ever after.
    await setLocale(getLocale());
    throw error;
  }
  if (typeof document !== 'undefined') document.documentElement.lang = CODES[getLocale() as Language];
}

/** The first of the visitor's languages that the page has. */
export function preferred(languages: readonly string[]): Language {
  for (const tag of languages) {
    const found = LANGUAGES.find((known) => tag.toLowerCase().split('-')[0] === known);
    if (found) return found;
  }
  return 'en';
}
