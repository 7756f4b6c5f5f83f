/** The documents of the site: each page that has words of its own, in each language. */
import { fileURLToPath } from 'node:url';
import { runnerImport } from 'vite';
import type { Prose } from '../../src/app/prose.ts';
import type * as Path from '../../src/lessons/path.ts';
import { type Language, LANGUAGES, SOURCE } from '../../src/languages.ts';
import { compileFile } from '../prose/compile.ts';
import { WORDS } from './words.ts';

export interface Document {
  /** as in a hash: `lesson/mirage`; empty for the first page */
  page: string;
  language: Language;
  /** the question of a lesson, the name of another page */
  heading: string;
  description: string;
  /** of a lesson */
  prose?: Prose;
}

const TEXTS = new URL('../../src/lessons/', import.meta.url);

export async function documentsOf(): Promise<Document[]> {
  // Collected by import.meta.glob, which only Vite knows.
  const { module } = await runnerImport<typeof Path>('/src/lessons/path.ts', {
    logLevel: 'error',
  });
  const lesson = (name: string, language: Language): Document => {
    const prose = proseOf(name, language);
    const { question, description } = prose;
    return { page: `lesson/${name}`, language, heading: question, description, prose };
  };
  const other = (name: string, language: Language): Document => {
    const { description } = proseOf(name, language);
    return { page: name, language, heading: module.TITLES[name]![language], description };
  };
  return LANGUAGES.flatMap((language) => [
    { page: '', language, ...WORDS[language].home },
    ...module.EXPERIMENT_NAMES.map((name) => lesson(name, language)),
    ...['sandbox', 'teacher'].map((name) => other(name, language)),
  ]);
}

const proseOf = (name: string, language: Language): Prose =>
  compileFile(fileURLToPath(new URL(`${name}/${language}.md`, TEXTS)), language);

export const isFirst = ({ page, language }: Pick<Document, 'page' | 'language'>): boolean =>
  page === '' && language === SOURCE;

/** Below the site's folder, with its slash at the end: `zh/lesson/mirage/`. */
export const folderOf = ({ page, language }: Pick<Document, 'page' | 'language'>): string =>
  `${language === SOURCE ? '' : `${language}/`}${page && `${page}/`}`;

/** As a tab and a card show it. */
export const titleOf = ({ page, heading, language }: Document): string =>
  page ? `${heading} · ${WORDS[language].site}` : heading;

export const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
