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
