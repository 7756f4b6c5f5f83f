/** Shaders as the builds carry them: without comments and, for figures, in one line with short names. */
import { readdirSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { Plugin } from 'vite';
import { withoutComments } from '../../src/gpu/wgsl.ts';
import { shortNames } from './short-names.ts';

export interface Packing {
  /** in one line with short names */
  packed?: boolean;
}

/** Shaders travel without their comments, save where these are asked for (`?raw&comments`). */
export function shortShaders({ packed = false }: Packing = {}): Plugin {
  return {
    name: 'short-shaders',
    apply: 'build',
    enforce: 'pre',
    async load(id) {
      const [, path] = /^(.*\.wgsl)\?raw$/.exec(id) ?? [];
      if (path === undefined) return null;
      const text = await readFile(path, 'utf8');
      return `export default ${JSON.stringify(packed ? pack(text) : withoutComments(text))}`;
    },
  };
}

const SHADERS = new URL('../../shaders/', import.meta.url);
let shorten: ((code: string) => string) | undefined;

/** A shader as figures have it. */
export function pack(code: string): string {
  shorten ??= shortNames(
    readdirSync(SHADERS)
      .map((name) => readFileSync(new URL(name, SHADERS), 'utf8'))
      .map(withoutComments),
  );
  return shorten(inOneLine(withoutComments(code)));
}

/** Spaces stay between two words, and between two signs that would become another one: `a - -b`, `array<u32> =`. */
function inOneLine(code: string): string {
  return code
    .replace(/\s+/g, ' ')
    .replace(/ ?([{}()[\];,:]) ?/g, '$1')
    .replace(/(?<=[\w)\]]) (?=[-+*/%<>=&|!])|(?<=[-+*/%<>=&|!]) (?=\w)/g, '')
    .replace(/,(?=[)}])/g, '')
    .trim();
}
