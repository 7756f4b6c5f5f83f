/**
 * The embeddable figure: `scaling-lab.js` with its lazily loaded parts and the iframe's page, for a site (into `dist`,
 * beside the lab) or, with `--mode package`, for the package (into `lib/cdn`), whose figures know of no lab beside them.
 */
import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { defineConfig, type Plugin } from 'vite';
import { inlineWorkers } from './build/inline-workers.ts';
import { integrity } from './build/integrity.ts';
import { withPolicy } from './build/policy.ts';
import { thirdParty } from './build/third-party.ts';
import {
  leanScripts,
  ownUnits,
  slimPlot,
  slimRecordings,
  withoutAssertions,
  withoutComments,
  withoutDescriptions,
  withoutRareKernels,
  withoutRareModules,
} from './src/prose/embed-plugins.ts';
import { prose } from './src/prose/plugin.ts';

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const { version } = JSON.parse(readFileSync(at('package.json'), 'utf8')) as { version: string };

/** The page for iframes, with the address that its script has when it is built. */
function page(): Plugin {
  return {
    name: 'embed-page',
    apply: 'build',
    async generateBundle() {
      const html = await readFile(at('embed.html'), 'utf8');
      const source = withPolicy(html)
        .replace('./src/embed/index.ts', './scaling-lab.js')
        .replace('./src/embed/page.ts', './embed/page.js');
      this.emitFile({ type: 'asset', fileName: 'embed.html', source });
    },
  };
}

const notices = thirdParty();

export default defineConfig(({ mode }) => ({
  base: './',
  publicDir: false,
  resolve: {
    alias: { '@lit/localize': at('src/embed/localize.ts') },
    // Whatever NODE_ENV says: tests hold what is published.
    conditions: ['module', 'browser', 'production'],
  },
  define: {
    __LAB_VERSION__: JSON.stringify(version),
    // Parts of the script stand in a folder of it.
    __LAB_SITE__:
      mode === 'package' ? '""' : 'import.meta.url.replace(/[^/]*$/, "").replace(/embed\\/$/, "")',
    'process.env.NODE_ENV': '"production"',
  },
  plugins: [
    withoutComments({ packed: true }),
    prose(),
    slimRecordings(),
    ownUnits(),
    slimPlot(),
    leanScripts(),
    inlineWorkers(),
    notices.build(),
    integrity(),
    page(),
  ],
  worker: {
    format: 'es',
    plugins: () => [
      withoutRareKernels(),
      withoutRareModules(),
      withoutComments({ packed: true }),
      withoutDescriptions(),
      withoutAssertions(),
      leanScripts(),
      notices.worker(),
    ],
  },
  build: {
    target: 'es2022',
    // `light-dark()` stays: it follows the page's color-scheme, what would replace it follows the system's.
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
    outDir: mode === 'package' ? 'lib/cdn' : 'dist',
    emptyOutDir: mode === 'package',
    lib: {
      entry: { 'scaling-lab': at('src/embed/index.ts'), 'embed/page': at('src/embed/page.ts') },
      formats: ['es'],
    },
    rolldownOptions: {
      preserveEntrySignatures: 'allow-extension',
      checks: { bundlerTimings: false },
      output: {
        entryFileNames: '[name].js',
        chunkFileNames: 'embed/[name]-[hash].js',
        assetFileNames: 'embed/[name]-[hash][extname]',
        minify: true,
      },
    },
  },
}));
