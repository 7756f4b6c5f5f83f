/** Scripts of figures, minified once more. */
import { gzipSync } from 'node:zlib';
import { minify, type MinifyOptions } from 'terser';
import type { Plugin } from 'vite';

/** `unsafe_…` and `pure_getters`: functions here are no constructors, and reading a property does nothing else. */
const COMPRESS = { passes: 3, unsafe_arrows: true, unsafe_methods: true, pure_getters: true };
/** Which of them a script is smallest with depends on the script. */
const WAYS: readonly MinifyOptions['compress'][] = [COMPRESS, { ...COMPRESS, hoist_funs: true }];

/** Scripts once more, by a minifier that goes further than the bundler's; templates without their indentation. */
export function leanScripts(): Plugin {
  return {
    name: 'lean-scripts',
    generateBundle: {
      order: 'post',
      async handler(_options, bundle) {
        for (const part of Object.values(bundle)) {
          if (part.type !== 'chunk') continue;
          const made = await Promise.all(WAYS.map((compress) => smaller(part.code, compress)));
          part.code = made.reduce((best, code) => (zipped(code) < zipped(best) ? code : best));
        }
      },
    },
  };
}

async function smaller(script: string, compress: MinifyOptions['compress']): Promise<string> {
  const { code = '' } = await minify(script, { module: true, ecma: 2020, compress: compress ?? {} });
  return code.replace(/\n[ \t]+/g, '\n');
}

const zipped = (code: string): number => gzipSync(code).length;
