/**
 * The package's modules, their dependencies left to whoever installs it: `--mode element` for the figure, `--mode cli` for
 * the command line, else the engine. `npm run build:package` builds all, and the script for pages without a bundler
 * (vite.embed.config.ts).
 */
import { fileURLToPath } from 'node:url';
import { defineConfig, mergeConfig, type UserConfig } from 'vite';
import { shortShaders } from './build/lean/shaders.ts';
import { judgedRecordings } from './build/recordings.ts';
import embed from './vite.embed.config.ts';

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const external = /^(lit|uplot|comlink|valibot)(\/(?!dist\/uPlot\.min\.css).*)?$/;

const engine: UserConfig = {
  publicDir: false,
  plugins: [shortShaders()],
  build: {
    target: 'es2022',
    outDir: 'lib/engine',
    lib: { entry: { index: at('src/index.ts') }, formats: ['es'] },
    rolldownOptions: { external, output: { preserveModules: true, preserveModulesRoot: 'src' } },
  },
};

const element: UserConfig = {
  build: {
    outDir: 'lib/element',
    emptyOutDir: true,
    minify: false,
    lib: { entry: { index: at('src/embed/index.ts') }, formats: ['es'] },
    rolldownOptions: { external, output: { minify: false, chunkFileNames: 'parts/[name]-[hash].js' } },
  },
};

/**
 * What the room is made of travels in the program: of optional dependencies npm installs none whose author names a newer
 * Node than it runs on, and Hocuspocus does.
 */
const IN_PROGRAM =
  /^(@hocuspocus|@polka|yjs|y-protocols|lib0|crossws|srvx|async-mutex|kleur|ws|sirv|mrmime|totalist|qr)(\/|$)/;

/** The program and what its threads run lie in one folder, and are found there by name. */
const cli: UserConfig = {
  publicDir: false,
  plugins: [shortShaders(), judgedRecordings()],
  ssr: { noExternal: [IN_PROGRAM] },
  build: {
    target: 'node20',
    outDir: 'lib/cli',
    ssr: true,
    rolldownOptions: {
      input: {
        'scaling-lab': at('src/cli/scaling-lab.ts'),
        'crew-member': at('src/cli/crew-member.ts'),
        heartbeat: at('src/cli/files/heartbeat.mjs'),
      },
      output: { entryFileNames: '[name].mjs', chunkFileNames: '[name]-[hash].mjs' },
    },
  },
};

export default defineConfig((env) => {
  if (env.mode === 'cli') return cli;
  if (env.mode !== 'element') return engine;
  const { build, plugins, ...base } = embed({ ...env, mode: 'package' });
  const inner = (plugins as { name?: string }[]).filter(({ name }) => name !== 'embed-page');
  return mergeConfig(
    { ...base, plugins: inner, build: { target: build!.target!, cssTarget: build!.cssTarget! } },
    element,
  );
});
