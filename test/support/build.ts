import { build, type BuildEnvironmentOptions } from 'vite';

/** The page as `npm run build` makes it. Under vitest, Vite would take it for a build of a test. */
export async function buildPage(options: BuildEnvironmentOptions): Promise<void> {
  const mode = process.env.NODE_ENV;
  process.env.NODE_ENV = 'production';
  try {
    await build({ logLevel: 'error', build: { emptyOutDir: true, ...options } });
  } finally {
    process.env.NODE_ENV = mode;
  }
}
