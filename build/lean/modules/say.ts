/** Figures say texts as they are. */
import type { Language } from '../../../src/languages.ts';
import { language } from '../../../src/locales/language.ts';

export const say = (text: Record<Language, string>): string => text[language()];
export const raised = (text: string): string => text;
