import { build, type BuildEnvironmentOptions } from 'vite';

/** Builds as `npm run build` does. Under vitest, Vite would take it for a build of a test. */
export async function buildPage(options: BuildEnvironmentOptions, configFile?: string): Promise<void> {
  const mode = process.env.NODE_ENV;
  process.env.NODE_ENV = 'production';
  try {
    await build({
      logLevel: 'error',
      build: { emptyOutDir: true, ...options },
      ...(configFile && { configFile }),
    });
  } finally {
    process.env.NODE_ENV = mode;
  }
}

/** A whole site: the lab, the figures for other pages, and the service worker that keeps both. */
export async function buildSite(outDir: string): Promise<void> {
  await buildPage({ outDir });
  await buildPage({ outDir, emptyOutDir: false }, 'vite.embed.config.ts');
  await buildPage({ outDir, emptyOutDir: false }, 'vite.offline.config.ts');
}
