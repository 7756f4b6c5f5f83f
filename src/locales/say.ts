/** Texts that travel as data, in all languages at once: what is said in the one that is spoken. */
import type { Language } from '../languages.ts';
import { language } from './language.ts';

export const say = (text: Record<Language, string>): string => raised(text[language()]);

const HIGH = new Map(
  Array.from('0123456789.-−abkmntαβγ', (sign, i) => [sign, '⁰¹²³⁴⁵⁶⁷⁸⁹·⁻⁻ᵃᵇᵏᵐⁿᵗᵅᵝᵞ'.charAt(i)]),
);

/** Exponents stand high: N^α is Nᵅ, C^0.49 is C⁰·⁴⁹. */
export const raised = (text: string): string =>
  text
    .replace(/\^([-−]?(?:\d+(?:\.\d+)?|[abkmntαβγ])(?![\p{L}\d]))/gu, (_all, power: string) =>
      Array.from(power, (sign) => HIGH.get(sign)!).join(''),
    )
    .replaceAll('N_opt', 'Nₒₚₜ');
