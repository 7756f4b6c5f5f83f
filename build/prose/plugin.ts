/** Markdown as modules: `lesson.md` gives its Prose, `lesson.md?meta` only what lists need of it. */
import type { Language } from '../../src/languages.ts';
import { readFile } from 'node:fs/promises';
import type { Plugin } from 'vite';
import { compileProse } from './compile.ts';

const FILE = /\/src\/lessons\/.*\/(en|zh)\.md(\?meta)?$/;

export function prose(): Plugin {
  return {
    name: 'prose',
    enforce: 'pre',
    async load(id) {
      const [, language, wantsMeta] = FILE.exec(id) ?? [];
      if (!language) return null;
      const path = id.replace(/\?.*$/, '');
      this.addWatchFile(path);
      const text = await readFile(path, 'utf8');
      try {
        const prose = compileProse(text, language as Language);
        const { question, description, minutes } = prose;
        const value = wantsMeta ? { question, description, minutes } : prose;
        return { code: `export default ${JSON.stringify(value)}`, map: null };
      } catch (error) {
        throw new Error(`${path}: ${(error as Error).message}`, { cause: error });
      }
    },
  };
}
