/** Markdown as modules: `lesson.md` gives its Prose, `lesson.md?meta` only what lists need of it. */
import type { Language } from '../../src/languages.ts';
import { existsSync } from 'node:fs';
import type { Plugin } from 'vite';
import { compileFile } from './compile.ts';
import { trialsFile } from './trials.ts';

const FILE = /\/src\/lessons\/.*\/(en|zh)\.md(\?meta)?$/;

export function prose(): Plugin {
  return {
    name: 'prose',
    enforce: 'pre',
    load(id) {
      const [, language, wantsMeta] = FILE.exec(id) ?? [];
      if (!language) return null;
      const path = id.replace(/\?.*$/, '');
      // A file that is not there would be taken for an import of the page.
      for (const file of [path, trialsFile(path)].filter(existsSync)) this.addWatchFile(file);
      try {
        const prose = compileFile(path, language as Language);
        const { question, description, minutes } = prose;
        const value = wantsMeta ? { question, description, minutes } : prose;
        return { code: `export default ${JSON.stringify(value)}`, map: null };
      } catch (error) {
        throw new Error(`${path}: ${(error as Error).message}`, { cause: error });
      }
    },
  };
}
