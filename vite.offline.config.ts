/** The service worker, when the lab and the figures for other pages are in their folder. */
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig, type Plugin } from 'vite';
import { filesIn, WORKER } from './build/offline.ts';
import { thirdParty } from './build/third-party.ts';

/** The list of what has been built before. */
function files(): Plugin {
  return {
    name: 'files',
    config: ({ root = '.', build }) => ({
      define: { __FILES__: JSON.stringify(filesIn(resolve(root, build?.outDir ?? 'dist'))) },
    }),
  };
}

export default defineConfig({
  publicDir: false,
  define: { 'process.env.NODE_ENV': '"production"' },
  plugins: [files(), thirdParty().build()],
  build: {
    emptyOutDir: false,
    target: 'es2022',
    lib: {
      entry: fileURLToPath(new URL('src/offline/service-worker.ts', import.meta.url)),
      formats: ['iife'],
      name: 'offline',
      fileName: () => WORKER,
    },
  },
});
