/** The language of the page: English in the sources, others loaded when they are first needed. */
import { configureLocalization } from '@lit/localize';
import { type Language, languageOfTag, LANGUAGES, SOURCE, TAGS } from '../languages.ts';

/** How each language calls itself. */
export const NAMES: Record<Language, string> = { en: 'English', zh: '中文' };

const { getLocale, setLocale } = configureLocalization({
  sourceLocale: SOURCE,
  targetLocales: LANGUAGES.filter((other) => other !== SOURCE),
  loadLocale: () => import('./zh.ts'),
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
  if (typeof document !== 'undefined') document.documentElement.lang = TAGS[getLocale() as Language];
}

/** The first of the visitor's languages that the page has. */
export function preferred(languages: readonly string[]): Language {
  return languages.map(languageOfTag).find((known) => known !== undefined) ?? SOURCE;
}
