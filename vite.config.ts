/// <reference types="vitest/config" />
import { readFile } from 'node:fs/promises';
import { defineConfig, type Plugin } from 'vite';
import { offline } from './src/offline/plugin.ts';
import { prose } from './src/prose/plugin.ts';

/** Shaders travel without their comments; lines stay where they are, so that errors name the right ones. */
function withoutComments(): Plugin {
  return {
    name: 'wgsl-without-comments',
    apply: 'build',
    enforce: 'pre',
    async load(id) {
      if (!id.endsWith('.wgsl?raw')) return null;
      const text = await readFile(id.slice(0, -'?raw'.length), 'utf8');
      const code = text.replace(/[ \t]*\/\/.*$/gm, '').replace(/^[ \t]+/gm, '');
      return `export default ${JSON.stringify(code)}`;
    },
  };
}

export default defineConfig({
  base: './',
  build: { target: 'es2022' },
  plugins: [withoutComments(), prose(), offline()],
  worker: { format: 'es', plugins: () => [withoutComments()] },
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: 'test/support/driver.ts',
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // Each file owns a GPU device; more workers than cores only make a software GPU slower.
    maxWorkers: 2,
  },
});
