/**
 * The embeddable figure: `scaling-lab.js` with its lazily loaded parts and the iframe's page, for a site (into `dist`,
 * beside the lab) or, with `--mode package`, for the package (into `lib/cdn`), whose figures know of no lab beside them.
 */
import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { defineConfig, type Plugin, transformWithOxc } from 'vite';
import { inlineWorkers } from './build/inline-workers.ts';
import { integrity } from './build/integrity.ts';
import { slimComlink } from './build/lean/comlink.ts';
import { leanPageModules, leanWorkerModules } from './build/lean/modules.ts';
import { slimRecordings } from './build/lean/recordings.ts';
import { leanScripts } from './build/lean/scripts.ts';
import { shortShaders } from './build/lean/shaders.ts';
import { ownUnits } from './build/lean/styles.ts';
import { slimPlot } from './build/lean/uplot.ts';
import { withoutAssertions, withoutDescriptions } from './build/lean/words.ts';
import { withPolicy } from './build/policy.ts';
import { prose } from './build/prose/plugin.ts';
import { thirdParty } from './build/third-party.ts';

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const { version } = JSON.parse(readFileSync(at('package.json'), 'utf8')) as { version: string };

/** The page for iframes and the widget for notebooks, with the address that their script has when it is built. */
function page(): Plugin {
  return {
    name: 'embed-page',
    apply: 'build',
    async generateBundle() {
      const widget = at('src/embed/anywidget.ts');
      // Not an entry: what both shared would become one more file that every page waits for.
      const { code } = await transformWithOxc(await readFile(widget, 'utf8'), widget);
      const script = code.replace('./index.ts', './scaling-lab.js');
      this.emitFile({ type: 'asset', fileName: 'anywidget.js', source: script });
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
    alias: [
      { find: '@lit/localize', replacement: at('src/embed/localize.ts') },
      { find: 'lit/decorators.js', replacement: at('build/lean/modules/decorators.ts') },
      { find: /^(\.{1,2}\/)+(msg|str)\.ts$/, replacement: at('build/lean/modules/msg.ts') },
    ],
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
    shortShaders({ packed: true }),
    prose(),
    slimRecordings(),
    ownUnits(),
    slimPlot(),
    leanPageModules(),
    slimComlink(),
    leanScripts(),
    inlineWorkers(),
    notices.build(),
    integrity(),
    page(),
  ],
  worker: {
    format: 'es',
    // The processor's part is a script like the others.
    rolldownOptions: { output: { entryFileNames: 'embed/[name]-[hash].js' } },
    plugins: () => [
      leanWorkerModules(),
      slimComlink(),
      shortShaders({ packed: true }),
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
      entry: {
        'scaling-lab': at('src/embed/index.ts'),
        'embed/page': at('src/embed/page.ts'),
      },
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
