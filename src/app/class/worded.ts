/** Words that are loaded with their page and with no other: each in all languages, or it does not compile. */
import type { Text } from '../../findings/findings.ts';
import { language } from '../../locales/language.ts';

type Said = Text | ((...values: never[]) => Text);

type Worded<T extends Record<string, Said>> = {
  readonly [K in keyof T]: T[K] extends (...values: infer V) => Text ? (...values: V) => string : string;
};

/** The texts in the language that is spoken when they are read. */
export function worded<T extends Record<string, Said>>(texts: T): Worded<T> {
  const entries = Object.entries(texts).map(([key, said]) => [
    key,
    {
      enumerable: true,
      get: (): unknown =>
        typeof said === 'function'
          ? (...values: never[]): string => said(...values)[language()]
          : said[language()],
    },
  ]);
  return Object.defineProperties({}, Object.fromEntries(entries) as PropertyDescriptorMap) as Worded<T>;
}
