/** Builds the service worker after the page: it carries the list of all files that were built, each with its version. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import { build, type Plugin } from 'vite';

export const WORKER = 'sw.js';

interface PrecacheEntry {
  url: string;
  /** null where the name itself changes with the content */
  revision: string | null;
}

export function offline(): Plugin {
  let outDir = '';
  let root = '';
  return {
    name: 'offline',
    apply: 'build',
    configResolved(config) {
      root = config.root;
      outDir = resolve(config.root, config.build.outDir);
    },
    async closeBundle() {
      await build({
        root,
        configFile: false,
        logLevel: 'error',
        publicDir: false,
        define: {
          __FILES__: JSON.stringify(filesIn(outDir)),
          'process.env.NODE_ENV': JSON.stringify('production'),
        },
        build: {
          outDir,
          emptyOutDir: false,
          target: 'es2022',
          lib: {
            entry: join(import.meta.dirname, 'service-worker.ts'),
            formats: ['iife'],
            name: 'offline',
            fileName: () => WORKER,
          },
        },
      });
    },
  };
}

/** Libraries that only the benchmark loads, when it is told to. */
const ON_DEMAND = /^assets\/(jax|tfjs-browser)-[\w-]+\.js$/;

/** Everything that a browser may ask for without the network, relative to the page. */
function filesIn(folder: string): PrecacheEntry[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile())
    .map((path): PrecacheEntry => {
      const url = relative(folder, path).split(sep).join('/');
      const isHashed = /^assets\/.*-[\w-]{8}\.\w+$/.test(url);
      return {
        url,
        revision: isHashed
          ? null
          : createHash('sha256').update(readFileSync(path)).digest('hex').slice(0, 16),
      };
    })
    .filter(({ url }) => url !== WORKER && !url.endsWith('.map') && !ON_DEMAND.test(url));
}
