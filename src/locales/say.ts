/** Texts that travel as data, in all languages at once: what is said in the one that is spoken. */
import type { Language } from '../languages.ts';
import { language } from './language.ts';

export const say = (text: Record<Language, string>): string => text[language()];
