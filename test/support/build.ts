import { build, type BuildEnvironmentOptions } from 'vite';

let last: Promise<unknown> = Promise.resolve();

/** Builds as `npm run build` does, one after the other: under vitest, Vite would take it for a build of a test. */
export function buildPage(
  options: BuildEnvironmentOptions,
  configFile?: string,
  mode = 'production',
): Promise<void> {
  const mine = last.then(() => buildNow(options, configFile, mode));
  last = mine.catch(() => undefined);
  return mine;
}

async function buildNow(
  options: BuildEnvironmentOptions,
  configFile: string | undefined,
  mode: string,
): Promise<void> {
  const before = process.env.NODE_ENV;
  process.env.NODE_ENV = 'production';
  try {
    await build({
      logLevel: 'error',
      mode,
      build: { emptyOutDir: true, ...options },
      ...(configFile && { configFile }),
    });
  } finally {
    process.env.NODE_ENV = before;
  }
}
