/**
 * The package's modules, their dependencies left to whoever installs it: `--mode element` for the figure, else the
 * engine. `npm run build:package` builds both, and the script for pages without a bundler (vite.embed.config.ts).
 */
import { fileURLToPath } from 'node:url';
import { defineConfig, mergeConfig, type UserConfig } from 'vite';
import { withoutComments } from './src/prose/embed-plugins.ts';
import embed from './vite.embed.config.ts';

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const external = /^(lit|uplot|comlink|valibot)(\/(?!dist\/uPlot\.min\.css).*)?$/;

const engine: UserConfig = {
  publicDir: false,
  plugins: [withoutComments()],
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

export default defineConfig((env) => {
  if (env.mode !== 'element') return engine;
  const { build, plugins, ...base } = embed({ ...env, mode: 'package' });
  const inner = (plugins as { name?: string }[]).filter(({ name }) => name !== 'embed-page');
  return mergeConfig(
    { ...base, plugins: inner, build: { target: build!.target!, cssTarget: build!.cssTarget! } },
    element,
  );
});
