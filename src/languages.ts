/** The languages that pages and figures speak. Sources are in English; what they say in others is written beside them. */

export const LANGUAGES = ['en', 'zh'] as const;
export type Language = (typeof LANGUAGES)[number];

/** The language of the sources, which is there before any other is loaded. */
export const SOURCE: Language = 'en';

/** What `lang` attributes call them. */
export const TAGS: Record<Language, string> = { en: 'en', zh: 'zh-Hans' };

/** @param tag such as `zh-CN`. Nothing where the language is another one */
export const languageOfTag = (tag: string): Language | undefined =>
  LANGUAGES.find((known) => tag.toLowerCase().split('-')[0] === known);
